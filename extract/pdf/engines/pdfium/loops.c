/* One question of PDFium put to many characters or objects, in a loop without Python.
 *
 * PDFium's functions come as their addresses, handles as numbers; nothing else of PDFium is needed to build this.
 * `loops.py` says the same in Python, for machines where no compiler built this file.
 */
#include <math.h>
#include <stdint.h>

#ifdef _WIN32
#define API __declspec(dllexport)
#else
#define API
#endif

#define EACH for (long i = 0; i < n; i++)

typedef uintptr_t handle;

/* To be changed with every change of what stands below, here and in loops.py. */
API int loops_version(void) { return 1; }

API void numbers_of(int (*ask)(handle), const handle *items, long n, int *found) {
    EACH found[i] = ask(items[i]);
}

API void handles_of(handle (*ask)(handle), const handle *items, long n, handle *found) {
    EACH found[i] = ask(items[i]);
}

API void numbers_at(int (*ask)(handle, int), handle owner, const int64_t *places, long n, int *found) {
    EACH found[i] = ask(owner, (int)places[i]);
}

API void handles_at(handle (*ask)(handle, int), handle owner, const int64_t *places, long n, handle *found) {
    EACH found[i] = ask(owner, (int)places[i]);
}

API void reals_at(double (*ask)(handle, int), handle owner, const int64_t *places, long n, double *found) {
    EACH found[i] = ask(owner, (int)places[i]);
}

API void parts_of(handle (*ask)(handle, int), const handle *items, const int64_t *counts, long n, handle *found) {
    EACH for (int part = 0; part < counts[i]; part++) *found++ = ask(items[i], part);
}

API void rows_of(int (*ask)(handle, handle), const handle *items, long n, char *row, long width, int *found) {
    EACH {
        found[i] = ask(items[i], (handle)row);
        row += width;
    }
}

API void pairs_of(int (*ask)(handle, handle, handle), const handle *items, long n, char *row, long size, int *found) {
    EACH {
        found[i] = ask(items[i], (handle)row, (handle)(row + size));
        row += 2 * size;
    }
}

API void fours_of(int (*ask)(handle, handle, handle, handle, handle), const handle *items, long n, char *row, long size,
                  int *found) {
    EACH {
        found[i] =
            ask(items[i], (handle)row, (handle)(row + size), (handle)(row + 2 * size), (handle)(row + 3 * size));
        row += 4 * size;
    }
}

API void rows_at(int (*ask)(handle, int, handle), handle owner, const int64_t *places, long n, char *row, long width) {
    EACH {
        ask(owner, (int)places[i], (handle)row);
        row += width;
    }
}

API void pairs_at(int (*ask)(handle, int, handle, handle), handle owner, const int64_t *places, long n, char *row,
                  long size) {
    EACH {
        ask(owner, (int)places[i], (handle)row, (handle)(row + size));
        row += 2 * size;
    }
}

API void fours_at(int (*ask)(handle, int, handle, handle, handle, handle), handle owner, const int64_t *places, long n,
                  char *row, long size) {
    EACH {
        ask(owner, (int)places[i], (handle)row, (handle)(row + size), (handle)(row + 2 * size),
            (handle)(row + 3 * size));
        row += 4 * size;
    }
}

/* The box common to the boxes around the paths of each clip: left, lower, right and upper side; all infinite where no
 * path has a point. `counts` says how many paths each has, below nought where it is none. */
API void windows_of(int (*count)(handle, int), handle (*segment)(handle, int, int), int (*point)(handle, handle, handle),
                    const handle *clips, const int *counts, long n, double *window) {
    EACH {
        double x0 = -INFINITY, y0 = -INFINITY, x1 = INFINITY, y1 = INFINITY;
        for (int path = 0; path < counts[i]; path++) {
            int n_points = count(clips[i], path);
            if (n_points <= 0) continue;
            float left = INFINITY, lower = INFINITY, right = -INFINITY, upper = -INFINITY;
            for (int part = 0; part < n_points; part++) {
                float x = 0, y = 0;
                point(segment(clips[i], path, part), (handle)&x, (handle)&y);
                left = x < left ? x : left;
                right = x > right ? x : right;
                lower = y < lower ? y : lower;
                upper = y > upper ? y : upper;
            }
            x0 = left > x0 ? left : x0;
            y0 = lower > y0 ? lower : y0;
            x1 = right < x1 ? right : x1;
            y1 = upper < y1 ? upper : y1;
        }
        *window++ = x0, *window++ = y0, *window++ = x1, *window++ = y1;
    }
}
