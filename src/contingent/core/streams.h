// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC 2011).
//
// A word of randomness is a pure function of (key, future, day, mechanism, entity, draw): nothing is
// stored, so the order of evaluation and the number of threads cannot change a result.
// Same names and the same bits as contingent/streams.py.
#pragma once

#include <cstdint>

namespace contingent {

struct Key {
    std::uint32_t low;
    std::uint32_t high;
};

struct Words {
    std::uint32_t word[4];
};

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

}  // namespace contingent
