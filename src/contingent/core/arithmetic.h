// Elementary functions whose bits do not hang on a library: only + - * /, the square root, comparisons
// and the exponent field of a double.
//
// Twin of contingent/arithmetic (scalar.py), same names and the same order of operations; compile without
// contraction. Methods: exp_ and log_ by the argument reductions and minimax polynomials of fdlibm
// (Freely Distributable LIBM; P.-T. Tang 1989, 1990 for the reductions); normal_cdf by the rational
// approximations of Cody (Math. Comp. 23, 1969); normal_quantile by Wichura (Algorithm AS 241, 1988).
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace contingent {

inline double from_bits(std::uint64_t bits) {
    double x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

inline std::uint64_t to_bits(double x) {
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

inline constexpr double LEAST_NORMAL = 2.2250738585072014e-308;

inline double infinity_() { return from_bits(0x7FF0000000000000u); }
inline double nan_() { return from_bits(0x7FF8000000000000u); }

inline double sqrt_(double x) {
#if defined(__CUDACC__)
    return sqrt(x);
#else
    return __builtin_sqrt(x);
#endif
}

// exp(x), x clipped to [-700, 700]. No branch, so that exp_each becomes vectors of one path.
[[gnu::always_inline]] inline double _exp(double number) {
    const double below = number < 700.0 ? number : 700.0;
    const double x = below > -700.0 ? below : -700.0;
    const std::int32_t n =
        static_cast<std::int32_t>(x * 1.44269504088896338700e+00 + std::copysign(0.5, x));
    const double hi = x - n * 6.93147180369123816490e-01;
    const double lo = n * 1.90821492927058770002e-10;
    const double r = hi - lo;
    const double t = r * r;
    const double c =
        r - t * (1.66666666666666019037e-01 +
                 t * (-2.77777777770155933842e-03 +
                      t * (6.61375632143793436117e-05 +
                           t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    const double y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi);
    const double power = y * from_bits(std::uint64_t{static_cast<std::uint32_t>(n + 1023)} << 52);
    return number != number ? number : power;
}

inline double exp_(double x) { return _exp(x); }

// log(x) + e * log(2) of a positive normal number, split into m * 2^n with m from the square root of a
// half on; nobody could foretell a branch on its last digits.
[[gnu::always_inline]] inline double _log(double x, std::int32_t e = 0) {
    constexpr std::uint64_t least = 0x3FE6A09E667F3BCDu;  // of a mantissa: the root of one half
    const std::uint64_t above = to_bits(x) + (0x3FF0000000000000u - least);
    e += static_cast<std::int32_t>(above >> 52) - 1023;
    const double m = from_bits((above & 0x000FFFFFFFFFFFFFu) + least);
    const double f = m - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double w = z * z;
    const double r =
        w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01)) +
        z * (6.666666666666735130e-01 +
             w * (2.857142874366239149e-01 +
                  w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double h = 0.5 * f * f;
    return e * 6.93147180369123816490e-01 - ((h - (s * (h + r) + e * 1.90821492927058770002e-10)) - f);
}

// log(x); -inf at zero, not a number below it.
inline double log_(double x) {
    if (x >= LEAST_NORMAL && x < infinity_()) return _log(x);
    if (!(x > 0.0)) return x == 0.0 ? -infinity_() : nan_();
    return x < LEAST_NORMAL ? _log(x * 18014398509481984.0, -54) : x;  // 2^54 brings a subnormal back
}

// exp_ of each of several numbers, in place.
inline void exp_each(double* x, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) x[i] = _exp(x[i]);
}

// log_ of each of several positive normal numbers, in place.
inline void log_each(double* x, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) x[i] = _log(x[i]);
}

// x to the power y for x >= 0; zero stays zero whatever the power.
inline double pow_(double x, double y) {
    if (x >= LEAST_NORMAL && x < infinity_()) return _exp(y * _log(x));
    return x == 0.0 ? 0.0 : exp_(y * log_(x));
}

inline double logistic(double x) {
    if (x >= 0.0) return 1.0 / (1.0 + exp_(-x));
    const double e = exp_(x);
    return e / (1.0 + e);
}

inline double logit(double p) { return log_(p / (1.0 - p)); }

// Relative error below 1e-14 to six standard deviations below the mean, 2e-13 to 36.7; then 0.
inline double normal_cdf(double x) {
    if (x != x) return x;
    const double y = (x < 0.0 ? -x : x) * 0.70710678118654752440;
    if (y <= 0.46875) {
        const double t = y * y;
        const double top =
            (((1.85777706184603153e-1 * t + 3.16112374387056560e+00) * t + 1.13864154151050156e+02) * t +
             3.77485237685302021e+02) * t + 3.20937758913846947e+03;
        const double bottom =
            (((t + 2.36012909523441209e+01) * t + 2.44024637934444173e+02) * t +
             1.28261652607737228e+03) * t + 2.84423683343917062e+03;
        const double half = 0.5 * (y * (top / bottom));
        return x < 0.0 ? 0.5 - half : 0.5 + half;
    }
    double tail = 0.0;
    if (y <= 26.0) {
        double scaled;
        if (y <= 4.0) {
            const double top =
                (((((((2.15311535474403846e-8 * y + 5.64188496988670089e-1) * y +
                      8.88314979438837594e+00) * y + 6.61191906371416295e+01) * y +
                    2.98635138197400131e+02) * y + 8.81952221241769090e+02) * y +
                  1.71204761263407058e+03) * y + 2.05107837782607147e+03) * y + 1.23033935479799725e+03;
            const double bottom =
                (((((((y + 1.57449261107098347e+01) * y + 1.17693950891312499e+02) * y +
                     5.37181101862009858e+02) * y + 1.62138957456669019e+03) * y +
                   3.29079923573345963e+03) * y + 4.36261909014324716e+03) * y +
                 3.43936767414372164e+03) * y + 1.23033935480374942e+03;
            scaled = top / bottom;
        } else {
            const double t = 1.0 / (y * y);
            const double top =
                ((((1.63153871373020978e-2 * t + 3.05326634961232344e-1) * t +
                   3.60344899949804439e-1) * t + 1.25781726111229246e-1) * t +
                 1.60837851487422766e-2) * t + 6.58749161529837803e-4;
            const double bottom =
                ((((t + 2.56852019228982242e+00) * t + 1.87295284992346725e+00) * t +
                  5.27905102951428412e-1) * t + 6.05183413124413191e-2) * t + 2.33520497626869185e-3;
            scaled = (5.6418958354775628695e-1 - t * (top / bottom)) / y;
        }
        // y * y loses the digits that matter far out: its sixteenths are squared exactly, the rest apart.
        const double near = static_cast<double>(static_cast<std::int32_t>(y * 16.0)) / 16.0;
        const double rest = (y - near) * (y + near);
        tail = 0.5 * (exp_(-(near * near)) * exp_(-rest) * scaled);
    }
    return x < 0.0 ? tail : 1.0 - tail;
}

// The z with normal_cdf(z) = p; relative error about 1e-16, monotone on the grid of the streams.
inline double normal_quantile(double p) {
    const double q = p - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        const double r = 0.180625 - q * q;
        const double top =
            ((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r +
                 6.7265770927008700853e+4) * r + 4.5921953931549871457e+4) * r +
               1.3731693765509461125e+4) * r + 1.9715909503065514427e+3) * r +
             1.3314166789178437745e+2) * r + 3.3871328727963666080e+0;
        const double bottom =
            ((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r +
                 3.9307895800092710610e+4) * r + 2.1213794301586595867e+4) * r +
               5.3941960214247511077e+3) * r + 6.8718700749205790830e+2) * r +
             4.2313330701600911252e+1) * r + 1.0;
        return q * top / bottom;
    }
    if (!(p > 0.0)) return p <= 0.0 ? -infinity_() : p;
    if (p >= 1.0) return infinity_();
    double r = sqrt_(-log_(q < 0.0 ? p : 1.0 - p));
    double z;
    if (r <= 5.0) {
        r = r - 1.6;
        const double top =
            ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r +
                 2.41780725177450611770e-1) * r + 1.27045825245236838258e+0) * r +
               3.64784832476320460504e+0) * r + 5.76949722146069140550e+0) * r +
             4.63033784615654529590e+0) * r + 1.42343711074968357734e+0;
        const double bottom =
            ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r +
                 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r +
               6.89767334985100004550e-1) * r + 1.67638483018380384940e+0) * r +
             2.05319162663775882187e+0) * r + 1.0;
        z = top / bottom;
    } else {
        r = r - 5.0;
        const double top =
            ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
                 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r +
               2.96560571828504891230e-1) * r + 1.78482653991729133580e+0) * r +
             5.46378491116411436990e+0) * r + 6.65790464350110377720e+0;
        const double bottom =
            ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r +
                 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r +
               1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
             5.99832206555887937690e-1) * r + 1.0;
        z = top / bottom;
    }
    return q < 0.0 ? -z : z;
}

// The smallest k whose Poisson probability of k or fewer reaches u; above a mean of 500 the
// Cornish-Fisher expansion, right to about one part in the square root of the mean.
inline std::int64_t poisson_quantile(double u, double mean) {
    if (!(mean > 0.0)) return 0;
    if (mean > 500.0) {
        const double z = normal_quantile(u);
        const double k = mean + sqrt_(mean) * z + (z * z - 1.0) / 6.0 + 0.5;
        if (!(k > 0.0)) return 0;
        return k < 9.0e15 ? static_cast<std::int64_t>(k) : 9000000000000000;
    }
    const double last = mean + 12.0 * sqrt_(mean) + 40.0;
    double term = exp_(-mean);
    double total = term;
    double k = 0.0;
    while (total < u && k < last) {
        k = k + 1.0;
        term = term * mean / k;
        total = total + term;
    }
    return static_cast<std::int64_t>(k);
}

}  // namespace contingent
