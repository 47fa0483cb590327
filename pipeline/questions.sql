-- Common questions / よくある問い --------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW grades_by_year AS
SELECT r.municipality_name, r.plan_name, d.source_name, r.fiscal_year, r.grade_scheme_id, r.grade, s.rank, s.label_ja,
       s.label_en, count(*) AS number
FROM results r
JOIN documents d USING (document_id)
LEFT JOIN grade_schemes s ON s.grade_scheme_id = r.grade_scheme_id AND s.grade = r.grade
WHERE r.grade_text IS NOT NULL
GROUP BY ALL
ORDER BY r.municipality_name, r.plan_name, d.source_name, r.fiscal_year, r.grade_scheme_id, s.rank, r.grade;
COMMENT ON VIEW grades_by_year IS
'年度別の評価：文書・年度ごとに、どの評価がいくつあるか / Which grades were given how often, by document and year';

CREATE OR REPLACE VIEW targets_and_actuals AS
SELECT municipality_name, plan_name, policy_name, measure_code, measure_name, indicator_text, indicator_name,
       fiscal_year, target_value, target_comparator, actual_value, unit, achievement_ratio,
       CASE WHEN target_value IS NULL OR actual_value IS NULL THEN NULL
            WHEN target_comparator = '<=' THEN actual_value <= target_value
            WHEN target_comparator = '<' THEN actual_value < target_value
            WHEN target_comparator = '>' THEN actual_value > target_value
            ELSE actual_value >= target_value END AS reached,
       grade_text, measure_id, indicator_id, document_id
FROM results
WHERE indicator_id IS NOT NULL;
COMMENT ON VIEW targets_and_actuals IS
'目標と実績：達成したか（以上・以下などの条件がなければ、目標値以上を達成とする） / Targets beside actuals, and whether they were reached; without a comparator, reached means at least the target';

CREATE OR REPLACE VIEW missed_targets AS
SELECT * FROM targets_and_actuals WHERE NOT reached ORDER BY achievement_ratio;
COMMENT ON VIEW missed_targets IS
'未達の目標：達成率の低い順 / Targets that were missed, the farthest first';

CREATE OR REPLACE VIEW published_scores AS
SELECT d.municipality_name, d.plan_name, m.measure_level, m.measure_code, m.measure_name, s.fiscal_year, s.score,
       s.score_max, s.score_recomputed, s.score - round(s.score_recomputed) AS difference, s.measure_id, s.document_id
FROM scores s
JOIN documents d USING (document_id)
LEFT JOIN measures m USING (measure_id);
COMMENT ON VIEW published_scores IS
'公表点数と再計算 / Published scores beside the recomputed ones';

CREATE OR REPLACE VIEW measure_paths AS
WITH RECURSIVE path AS (
  SELECT measure_id, parent_measure_id, measure_name AS names, measure_id AS root_measure_id
  FROM measures WHERE parent_measure_id IS NULL
  UNION ALL
  SELECT m.measure_id, m.parent_measure_id, concat_ws(' › ', p.names, m.measure_name), p.root_measure_id
  FROM measures m JOIN path p ON m.parent_measure_id = p.measure_id)
SELECT d.municipality_name, d.plan_name, m.measure_level, m.measure_code, m.measure_name, p.names AS path,
       (SELECT string_agg(org_name, '、' ORDER BY position) FROM measure_orgs o
        WHERE o.measure_id = m.measure_id AND o.role = 'responsible') AS responsible,
       (SELECT string_agg(org_name, '、' ORDER BY position) FROM measure_orgs o
        WHERE o.measure_id = m.measure_id AND o.role = 'participating') AS participating,
       m.position, m.measure_id, p.root_measure_id, m.document_id
FROM measures m JOIN path p USING (measure_id) JOIN documents d USING (document_id)
ORDER BY m.document_id, m.position;
COMMENT ON VIEW measure_paths IS
'施策の体系と担当：上位から順につないだ名称、担当課、関係機関 / Each measure with its place in the plan and its organisations';

CREATE OR REPLACE VIEW measure_texts AS
SELECT d.municipality_name, d.plan_name, m.measure_code, m.measure_name, m.path, c.label_ja AS section_ja, p.section,
       p.item, p.attribution, p.text, p.fiscal_year, p.passage_id, p.measure_id, p.document_id
FROM passages p
JOIN documents d USING (document_id)
LEFT JOIN measure_paths m USING (measure_id)
LEFT JOIN categories c ON c.table_name = 'passages' AND c.column_name = 'section' AND c.value = p.section;
COMMENT ON VIEW measure_texts IS
'施策の文章：予定、実施、課題など / What the documents say of each measure: planned, done, issues and more';

CREATE OR REPLACE VIEW measure_terms AS
SELECT d.municipality_name, m.measure_level, m.measure_code, m.measure_name,
       string_agg(t.term, '、' ORDER BY t.rank) AS terms, t.measure_id, t.document_id
FROM terms t
JOIN documents d USING (document_id)
JOIN measures m USING (measure_id)
WHERE t.rank <= 10
GROUP BY ALL;
COMMENT ON VIEW measure_terms IS
'施策の特徴語：重みの大きい10語 / What each measure is about, in ten terms';

CREATE OR REPLACE VIEW evidence AS
SELECT d.municipality_name, d.source_name, p.page, p.table_name, p.record_id, p.field_name, b.text AS printed, b.kind,
       b.table_index, b."row", b.col, b.x0, b.top, b.x1, b.bottom, p.block_id, p.document_id
FROM provenance p
JOIN blocks b USING (block_id)
JOIN documents d ON d.document_id = p.document_id;
COMMENT ON VIEW evidence IS
'値の根拠：どの値がどのファイルの何ページのどこに印字されているか / Where each value is printed: file, page, place, text';

CREATE OR REPLACE VIEW open_findings AS
SELECT s.label_ja AS severity_ja, f.severity, r.label_ja AS rule_ja, f.rule, d.municipality_name, d.source_name,
       f.page, f.message, f.expected, f.observed, f.table_name, f.record_id, f.field_name, f.document_id
FROM findings f
JOIN documents d USING (document_id)
LEFT JOIN categories s ON s.table_name = 'findings' AND s.column_name = 'severity' AND s.value = f.severity
LEFT JOIN categories r ON r.table_name = 'findings' AND r.column_name = 'rule' AND r.value = f.rule
ORDER BY s.position, d.source_name, f.page;
COMMENT ON VIEW open_findings IS
'指摘の一覧：重大なものから / Everything to look at, the gravest first';

CREATE OR REPLACE VIEW organisations AS
SELECT d.municipality_name, o.org_name, o.role, count(*) AS measures
FROM measure_orgs o JOIN measures m USING (measure_id) JOIN documents d USING (document_id)
WHERE m.reprint_of_measure_id IS NULL
GROUP BY ALL
ORDER BY measures DESC, d.municipality_name, o.org_name, o.role;
COMMENT ON VIEW organisations IS
'組織ごとの施策数（再掲を除く） / How many measures each organisation has to do with, reprints left out';

CREATE OR REPLACE VIEW rows_by_year AS
SELECT municipality_code, municipality_name, fiscal_year, count(*) AS results,
       count(target_value) AS targets, count(actual_value) AS actuals, count(grade) AS grades
FROM results
GROUP BY ALL
ORDER BY municipality_code, fiscal_year;
COMMENT ON VIEW rows_by_year IS
'自治体・年度別の行数 / How much there is, by municipality and year';
