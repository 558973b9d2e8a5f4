// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011).
//
// A draw is a pure function of (key, future, day, mechanism, entity, draw): nothing is stored, so the
// order of evaluation and the number of threads cannot change a result. Draws 0 to 3 of an entity are
// the words of its first block, 4 to 7 of its second; the block sits in the low byte of the
// mechanism's word. Same names and the same bits as contingent/streams.py.
#pragma once

#include <cstdint>

#include "arithmetic.h"

namespace contingent {

struct Key {
    std::uint32_t low;
    std::uint32_t high;
};

struct Words {
    std::uint32_t word[4];
};

inline Key key_from_seed(std::uint64_t seed) {
    return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
}

inline Words philox(Words counter, Key key) {
    constexpr std::uint64_t M0 = 0xD2511F53u, M1 = 0xCD9E8D57u;
    constexpr std::uint32_t W0 = 0x9E3779B9u, W1 = 0xBB67AE85u;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = M0 * counter.word[0];
        const std::uint64_t p1 = M1 * counter.word[2];
        counter = {{static_cast<std::uint32_t>(p1 >> 32) ^ counter.word[1] ^ key.low,
                    static_cast<std::uint32_t>(p1),
                    static_cast<std::uint32_t>(p0 >> 32) ^ counter.word[3] ^ key.high,
                    static_cast<std::uint32_t>(p0)}};
        key.low += W0;
        key.high += W1;
    }
    return counter;
}

// The four words of one block of an entity's draws: for callers that use several.
inline Words words(Key key, std::uint32_t future, std::uint32_t day, std::uint32_t mechanism,
                   std::uint32_t entity, std::uint32_t block = 0) {
    return philox({{future, day, mechanism * 256u + block, entity}}, key);
}

// A word as a number strictly between 0 and 1, exact in a double.
inline double unit_interval(std::uint32_t word) { return (word + 0.5) * 2.3283064365386962890625e-10; }

inline double uniform(Key key, std::uint32_t future, std::uint32_t day, std::uint32_t mechanism,
                      std::uint32_t entity, std::uint32_t draw = 0) {
    return unit_interval(words(key, future, day, mechanism, entity, draw >> 2).word[draw & 3u]);
}

inline double normal(Key key, std::uint32_t future, std::uint32_t day, std::uint32_t mechanism,
                     std::uint32_t entity, std::uint32_t draw = 0) {
    return normal_quantile(uniform(key, future, day, mechanism, entity, draw));
}

}  // namespace contingent
