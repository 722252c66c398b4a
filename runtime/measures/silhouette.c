#include "runtime/measures/silhouette.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/pool.h"
#include "runtime/measures/distances.h"

enum { CLUSTERS_MAX = 256 };

struct clusters {
    size_t count;
    double label[CLUSTERS_MAX];
    size_t size[CLUSTERS_MAX];    // number of codes of each cluster
    unsigned char *of;            // [codes] the cluster of each
    double *sum;                  // [codes][count] distances to the codes of each
};

// False if there are too many different labels.
static bool find_clusters(struct clusters *clusters, const struct idx *labels, size_t codes) {
    for (size_t i = 0; i < codes; i++) {
        double label = idx_value(labels, i);
        size_t cluster = 0;
        while (cluster < clusters->count && clusters->label[cluster] != label)
            cluster++;
        if (cluster == CLUSTERS_MAX) return false;
        if (cluster == clusters->count) clusters->label[clusters->count++] = label;
        clusters->size[cluster]++;
        clusters->of[i] = (unsigned char)cluster;
    }
    return true;
}

static void add_distances(void *context, size_t query, const ae_real *distance, size_t first, size_t lanes) {
    const struct clusters *clusters = context;
    double *sum = clusters->sum + query * clusters->count;
    for (size_t lane = 0; lane < lanes; lane++)
        sum[clusters->of[first + lane]] += sqrt((double)distance[lane]);
}

static double width_of(const struct clusters *clusters, size_t code) {
    const double *sum = clusters->sum + code * clusters->count;
    size_t own = clusters->of[code];
    if (clusters->size[own] == 1) return 0;
    double inside = sum[own] / (double)(clusters->size[own] - 1), outside = INFINITY;
    for (size_t i = 0; i < clusters->count; i++)
        if (i != own) outside = fmin(outside, sum[i] / (double)clusters->size[i]);
    double most = fmax(inside, outside);
    return most == 0 ? 0 : (outside - inside) / most;
}

static const char *measure_clusters(struct clusters *clusters, struct pool *pool, const ae_real *code, size_t count,
                                    size_t units, double *value) {
    if (clusters->count < 2) return "all labels are the same";
    clusters->sum = memory_allocate(count * clusters->count, sizeof *clusters->sum);
    for (size_t i = 0; i < count * clusters->count; i++)
        clusters->sum[i] = 0;
    struct distances distances;
    distances_create(&distances, code, count, units);
    distances_visit(&distances, pool, code, count, add_distances, clusters);
    distances_free(&distances);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += width_of(clusters, i);
    *value = sum / (double)count;
    return isnan(sum) ? "distances between the codes are not finite" : NULL;
}

const char *silhouette_find(struct pool *pool, const ae_real *code, size_t count, size_t units,
                            const struct idx *labels, double *value) {
    struct clusters clusters = {.of = memory_allocate(count, 1)};
    const char *missing = find_clusters(&clusters, labels, count)
                              ? measure_clusters(&clusters, pool, code, count, units, value)
                              : "there are more than 256 labels";
    free(clusters.of);
    free(clusters.sum);
    return missing;
}
