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
SELECT r.municipality_name, r.plan_name, r.policy_name, r.measure_code, r.measure_name, r.indicator_text,
       r.indicator_name, r.fiscal_year, r.target_value, r.target_comparator, r.actual_value, r.unit, i.better,
       r.achievement_ratio,
       CASE WHEN r.target_value IS NULL OR r.actual_value IS NULL THEN NULL
            WHEN r.target_comparator = '<=' THEN r.actual_value <= r.target_value
            WHEN r.target_comparator = '<' THEN r.actual_value < r.target_value
            WHEN r.target_comparator = '>=' THEN r.actual_value >= r.target_value
            WHEN r.target_comparator = '>' THEN r.actual_value > r.target_value
            WHEN r.actual_value = r.target_value THEN TRUE
            WHEN i.better = 'up' THEN r.actual_value > r.target_value
            WHEN i.better = 'down' THEN r.actual_value < r.target_value END AS reached,
       r.grade_text, r.source_name, r.page, r.measure_id, r.indicator_id, r.document_id
FROM results r
JOIN indicators i USING (indicator_id);
COMMENT ON VIEW targets_and_actuals IS
'目標と実績：達成したか（以上・以下の条件、なければ望ましい方向による。どちらも分からなければ空） / Targets beside actuals, and whether they were reached: by the comparator, else by which way is better; null where neither is known';

CREATE OR REPLACE VIEW missed_targets AS
SELECT * FROM targets_and_actuals WHERE NOT reached ORDER BY achievement_ratio;
COMMENT ON VIEW missed_targets IS
'未達の目標：達成率の低い順 / Targets that were missed, the farthest first';

CREATE OR REPLACE VIEW costs_by_year AS
WITH costs AS (
  SELECT m.document_id, i.measure_id, o.fiscal_year, o.role, i.cost_kind,
         CASE WHEN count(DISTINCT o.unit) = 1 THEN any_value(o.unit) END AS unit,
         CASE WHEN count(DISTINCT o.value) = 1 THEN any_value(o.value) END AS value
  FROM observations o JOIN indicators i USING (indicator_id) JOIN measures m USING (measure_id)
  WHERE i.cost_kind IS NOT NULL AND o.value IS NOT NULL AND o.role IN ('actual', 'forecast')
    AND m.reprint_of_measure_id IS NULL
  GROUP BY ALL),
wide AS (
  SELECT document_id, measure_id, fiscal_year, role, any_value(unit) FILTER (cost_kind <> 'per_unit') AS unit,
         any_value(unit) FILTER (cost_kind = 'per_unit') AS per_unit_unit,
         max(value) FILTER (cost_kind = 'total') AS total, max(value) FILTER (cost_kind = 'project') AS project,
         max(value) FILTER (cost_kind = 'personnel') AS personnel,
         max(value) FILTER (cost_kind = 'national') AS national,
         max(value) FILTER (cost_kind = 'prefectural') AS prefectural, max(value) FILTER (cost_kind = 'bond') AS bond,
         max(value) FILTER (cost_kind = 'other') AS other, max(value) FILTER (cost_kind = 'general') AS general,
         max(value) FILTER (cost_kind = 'per_unit') AS per_unit
  FROM costs GROUP BY ALL)
SELECT d.municipality_name, d.plan_name, m.measure_level, m.measure_code, m.measure_name, w.fiscal_year, w.role,
       coalesce(w.total, w.project + w.personnel, w.project) AS cost,
       CASE WHEN w.total IS NOT NULL THEN 'total' WHEN w.project + w.personnel IS NOT NULL THEN 'project+personnel'
            WHEN w.project IS NOT NULL THEN 'project' END AS cost_of, w.total, w.project, w.personnel, w.national, w.prefectural,
       w.bond, w.other, w.general, w.unit, w.per_unit, w.per_unit_unit, d.source_name, w.measure_id, w.document_id
FROM wide w JOIN documents d USING (document_id) JOIN measures m USING (measure_id)
ORDER BY d.municipality_name, d.source_name, m.position, w.fiscal_year, w.role;
COMMENT ON VIEW costs_by_year IS
'年度別の費用：事業ごとの総事業費（なければ事業費と人件費の和、人件費もなければ事業費。どれかは cost_of）、財源内訳、単位コスト。決算（actual）と予算・見込（forecast） / Costs by project and year: the total, else project and staff together, else the project alone (cost_of tells which), sources of funds, cost per unit; actual and budgeted';

CREATE OR REPLACE VIEW series_by_year AS
SELECT p.municipality_name, s.plan_name, s.measure_name, s.indicator_name, s.fiscal_year, s.role, s.value, s.value_text,
       s.unit, s.editions, s.revised, s.first_value, d.source_name, s.series_id, s.observation_id, s.document_id
FROM series s
JOIN documents d USING (document_id)
LEFT JOIN municipalities p ON p.municipality_code = s.municipality_code
ORDER BY p.municipality_name, s.plan_name, s.series_id, s.role, s.fiscal_year;
COMMENT ON VIEW series_by_year IS
'年度の推移：版をまたいだ同じ指標の値（新しい版の値。改訂されたものは初出の値も） / The course of each indicator over years and editions: the latest print, and the first one';

CREATE OR REPLACE VIEW doubtful_values AS
SELECT r.municipality_name, r.source_name, r.page, r.measure_name, r.indicator_name, r.fiscal_year, r.target_value,
       r.actual_value, r.forecast_value, r.unit, r.grade_text, r.reading, r.confirmed_by, r.open_findings,
       (SELECT string_agg(f.message, ' / ' ORDER BY f.finding_id) FROM findings f
        WHERE f.severity <> 'note' AND f.document_id = r.document_id
          AND f.record_id IN (r.observation_id, r.indicator_id)) AS findings,
       r.observation_id, r.indicator_id, r.measure_id, r.document_id
FROM results r
WHERE r.open_findings > 0 OR (r.reading IN ('general', 'ocr') AND r.confirmed_by IS NULL)
ORDER BY r.open_findings DESC, r.source_name, r.page;
COMMENT ON VIEW doubtful_values IS
'確かめるべき値：指摘のある値と、様式の知識なしに読まれ、紙面の計算などで裏付けられていない値 / What to check: values with findings, and values that were read without knowing the form and that nothing printed confirms';

CREATE OR REPLACE VIEW theme_measures AS
WITH held AS (
  SELECT t.normalized_form, count(DISTINCT d.municipality_code) AS municipalities
  FROM terms t JOIN documents d USING (document_id) GROUP BY ALL)
SELECT t.normalized_form, h.municipalities, d.municipality_name, d.plan_name, m.measure_level, m.measure_code,
       m.measure_name, t.term, t.count, t.tf_idf, d.fiscal_year, d.source_name, t.measure_id, t.document_id
FROM terms t
JOIN held h USING (normalized_form)
JOIN documents d USING (document_id)
JOIN measures m USING (measure_id)
ORDER BY h.municipalities DESC, t.normalized_form, d.municipality_name, t.tf_idf DESC;
COMMENT ON VIEW theme_measures IS
'テーマの横断：同じ用語（正規化表記）を持つ施策を自治体の間で並べる / One theme across cities: the measures whose texts hold the same normalised term';

CREATE OR REPLACE VIEW grades_compared AS
SELECT r.municipality_name, r.plan_name, r.fiscal_year, r.measure_code, r.measure_name, r.indicator_name, r.subject,
       r.grade_scheme_id, r.grade_text, r.grade,
       coalesce(s.score, CASE WHEN n.ranks > 1 THEN (n.ranks - s.rank) / (n.ranks - 1) END) AS share,
       CASE WHEN s.score IS NOT NULL THEN 'score' WHEN n.ranks > 1 AND s.rank IS NOT NULL THEN 'rank' END AS share_by,
       r.source_name, r.measure_id, r.indicator_id, r.document_id
FROM results r
JOIN grade_schemes s ON s.grade_scheme_id = r.grade_scheme_id AND s.grade = r.grade
LEFT JOIN (SELECT grade_scheme_id, max(rank) AS ranks FROM grade_schemes WHERE kind = 'rating' GROUP BY ALL) n
  ON n.grade_scheme_id = r.grade_scheme_id
WHERE s.kind = 'rating';
COMMENT ON VIEW grades_compared IS
'評価の比較：配点か順位のある評価基準だけを0から1の尺度に置く / Grades of several schemes on one scale from 0 to 1, only where the scheme prints weights or ranks';

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
