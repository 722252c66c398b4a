#include "runtime/api/real.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>

#include "real_reference.h"
#include "tests/unit/suite.h"

typedef float function(float x);
typedef double reference(double x);

static float sine(float turns) {
    float s, c;
    ae_sin_cos_turns(turns, &s, &c);
    return s;
}

static float cosine(float turns) {
    float s, c;
    ae_sin_cos_turns(turns, &s, &c);
    return c;
}

static double sigmoid_double(double x) {
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static double softplus_double(double x) {
    return (x > 0 ? x : 0) + log1p(exp(-fabs(x)));
}

// Reduced to an eighth of a turn first, so that the zeros are exact.
static double sine_double(double turns) {
    double quarters = nearbyint(turns * 4);
    double angle = 6.283185307179586 * (turns - quarters / 4);
    switch ((int)quarters & 3) {
    case 0: return sin(angle);
    case 1: return cos(angle);
    case 2: return -sin(angle);
    default: return -cos(angle);
    }
}

static double cosine_double(double turns) {
    return sine_double(turns < 0.75 ? turns + 0.25 : turns - 0.75);
}

// The distance of y from the true value in units of the last place of a float there.
static double units(float y, double truth) {
    if (isnan(truth) || isnan(y)) return isnan(truth) && isnan(y) ? 0 : INFINITY;
    if ((float)truth == y) return 0;
    if (isinf(y)) return fabs(truth) > 0x1.fffffep127 ? 0 : INFINITY;
    int exponent;
    frexp(truth, &exponent);
    return fabs((double)y - truth) / ldexp(1, (exponent < -125 ? -125 : exponent) - 24);
}

static void check_points(const char *name, function *f, const struct point *points, size_t count, double limit) {
    for (size_t i = 0; i < count; i++) {
        float x = (float)points[i].x, y = f(x);
        ck_assert_msg(units(y, points[i].y) <= limit, "%s(%a): expected %a, got %a", name, x, points[i].y, y);
    }
}

#define POINTS(name) name##_points, sizeof name##_points / sizeof *name##_points

// Compares with values that another program rounded correctly, which adds an error of half a unit.
START_TEST(agrees_with_the_reference) {
    check_points("exp", ae_exp, POINTS(exp), 1.5);
    check_points("expm1", ae_expm1, POINTS(expm1), 2);
    check_points("log", ae_log, POINTS(log), 1.5);
    check_points("log1p", ae_log1p, POINTS(log1p), 2);
    check_points("tanh", ae_tanh, POINTS(tanh), 2);
    check_points("erf", ae_erf, POINTS(erf), 1.5);
    check_points("sigmoid", ae_sigmoid, POINTS(sigmoid), 3);
    check_points("softplus", ae_softplus, POINTS(softplus), 2.5);
    check_points("sine", sine, POINTS(sine), 1.5);
    check_points("cosine", cosine, POINTS(cosine), 1.5);
}
END_TEST

// The bit patterns that a sweep visits: an odd step, so that low and high bits both vary.
enum { SWEEP_STEP = 6007 };

struct swept {
    const char *name;
    function *f;
    reference *truth;
    bool turns;      // only arguments in [0, 1)
    double limit;    // units in the last place
};

static const struct swept swept[] = {
    {"exp", ae_exp, exp, false, 1.05},
    {"expm1", ae_expm1, expm1, false, 1.5},
    {"log", ae_log, log, false, 0.9},
    {"log1p", ae_log1p, log1p, false, 1.5},
    {"tanh", ae_tanh, tanh, false, 1.4},
    {"erf", ae_erf, erf, false, 1.05},
    {"sigmoid", ae_sigmoid, sigmoid_double, false, 2.4},
    {"softplus", ae_softplus, softplus_double, false, 1.8},
    {"sine", sine, sine_double, true, 1.0},
    {"cosine", cosine, cosine_double, true, 1.0},
};

START_TEST(stays_within_its_error) {
    const struct swept *s = &swept[_i];
    double worst = 0;
    float where = 0;
    for (uint64_t bits = 0; bits <= UINT32_MAX; bits += SWEEP_STEP) {
        float x = ae_of_bits((uint32_t)bits);
        if (isnan(x) || (s->turns && !(x >= 0 && x < 1))) continue;
        double error = units(s->f(x), s->truth(x));
        if (error > worst) {
            worst = error;
            where = x;
        }
    }
    ck_assert_msg(worst <= s->limit, "%s(%a): expected an error of at most %g units, got %g: %a in place of %a",
                  s->name, where, s->limit, worst, s->f(where), s->truth(where));
}
END_TEST

START_TEST(nan_stays_nan) {
    function *functions[] = {ae_exp,     ae_expm1,    ae_log, ae_log1p, ae_tanh, ae_erf,
                             ae_sigmoid, ae_softplus, sine,   cosine,   ae_sqrt, ae_abs};
    const uint32_t nans[] = {0x7fc00000u, 0xffc00000u, 0x7fffffffu, 0x7f800001u};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        for (size_t j = 0; j < sizeof nans / sizeof *nans; j++)
            ck_assert_msg(isnan(functions[i](ae_of_bits(nans[j]))), "function %zu of NaN %zu is a number", i, j);
    ck_assert(isnan(ae_log(-1e-45f)));
    ck_assert(isnan(ae_log(-INFINITY)));
    ck_assert(isnan(ae_log1p(-1.0000001f)));
    ck_assert(isnan(ae_log1p(-INFINITY)));
}
END_TEST

static void check_bits(const char *what, float expected, float found) {
    ck_assert_msg(ae_bits(expected) == ae_bits(found), "%s: expected %a, got %a", what, expected, found);
}

START_TEST(ends_are_exact) {
    check_bits("exp inf", INFINITY, ae_exp(INFINITY));
    check_bits("exp -inf", 0, ae_exp(-INFINITY));
    check_bits("exp 0", 1, ae_exp(0.0f));
    check_bits("exp -0", 1, ae_exp(-0.0f));
    check_bits("expm1 inf", INFINITY, ae_expm1(INFINITY));
    check_bits("expm1 -inf", -1, ae_expm1(-INFINITY));
    check_bits("log inf", INFINITY, ae_log(INFINITY));
    check_bits("log 0", -INFINITY, ae_log(0.0f));
    check_bits("log -0", -INFINITY, ae_log(-0.0f));
    check_bits("log 1", 0, ae_log(1.0f));
    check_bits("log1p inf", INFINITY, ae_log1p(INFINITY));
    check_bits("log1p -1", -INFINITY, ae_log1p(-1.0f));
    check_bits("tanh inf", 1, ae_tanh(INFINITY));
    check_bits("tanh -inf", -1, ae_tanh(-INFINITY));
    check_bits("erf inf", 1, ae_erf(INFINITY));
    check_bits("erf -inf", -1, ae_erf(-INFINITY));
    check_bits("sigmoid inf", 1, ae_sigmoid(INFINITY));
    check_bits("sigmoid -inf", 0, ae_sigmoid(-INFINITY));
    check_bits("sigmoid 0", 0.5f, ae_sigmoid(0.0f));
    check_bits("softplus inf", INFINITY, ae_softplus(INFINITY));
    check_bits("softplus -inf", 0, ae_softplus(-INFINITY));
    check_bits("sine of a quarter", 1, sine(0.25f));
    check_bits("cosine of a half", -1, cosine(0.5f));
    check_bits("cosine of 0", 1, cosine(0));
    ck_assert(sine(0.5f) == 0 && cosine(0.25f) == 0 && cosine(0.75f) == 0);
}
END_TEST

START_TEST(zeros_keep_their_sign_and_denormals_their_bits) {
    function *odd[] = {ae_expm1, ae_log1p, ae_tanh};
    const float small[] = {0.0f, -0.0f, 0x1p-149f, -0x1p-149f, 0x1.2345p-130f, -0x1.fffffcp-127f};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (size_t j = 0; j < sizeof small / sizeof *small; j++)
            check_bits("an odd function of a small number", small[j], odd[i](small[j]));
    check_bits("erf 0", 0.0f, ae_erf(0.0f));
    check_bits("erf -0", -0.0f, ae_erf(-0.0f));
    check_bits("exp, denormal result", 0x1p-149f, ae_exp(-103.0f));
    ck_assert(ae_sigmoid(-100.0f) > 0 && ae_softplus(-100.0f) > 0);
}
END_TEST

// Every compiler, optimisation level and target must give these bits; the sum was computed by gcc without optimisation.
// It changes if a function changes, and then the results of all trainers change, too.
static const uint64_t SUM_OF_ALL_BITS = 0xfe2cf68640bbdc69;

START_TEST(gives_the_same_bits_everywhere) {
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof swept / sizeof *swept; i++)
        for (uint64_t bits = 0; bits <= UINT32_MAX; bits += SWEEP_STEP) {
            float x = ae_of_bits((uint32_t)bits);
            if (isnan(x) || (swept[i].turns && !(x >= 0 && x < 1))) continue;
            float y = swept[i].f(x);
            if (!isnan(y)) sum = (sum ^ ae_bits(y)) * UINT64_C(0x9e3779b97f4a7c15) + (sum >> 29);
        }
    ck_assert_msg(sum == SUM_OF_ALL_BITS, "expected 0x%llx, got 0x%llx", (unsigned long long)SUM_OF_ALL_BITS,
                  (unsigned long long)sum);
}
END_TEST

int main(void) {
    TCase *cases = tcase_create("real");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, agrees_with_the_reference);
    tcase_add_loop_test(cases, stays_within_its_error, 0, sizeof swept / sizeof *swept);
    tcase_add_test(cases, nan_stays_nan);
    tcase_add_test(cases, ends_are_exact);
    tcase_add_test(cases, zeros_keep_their_sign_and_denormals_their_bits);
    tcase_add_test(cases, gives_the_same_bits_everywhere);
    return suite_run("real", cases);
}
