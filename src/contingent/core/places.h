// Sets of places, walked in the order of their numbers, so that a day need not look where nothing is.
#pragma once

#include <cstdint>

#include "grid.h"

namespace contingent {

using Word = std::uint64_t;

inline constexpr Size WORD_BITS = 64;

inline Size words_of(Size places) { return (places + WORD_BITS - 1) / WORD_BITS; }

// Walks the union of two sets, until nothing is left. What is added on the way may or may not be met.
struct Walk {
    const Word* one;
    const Word* other;
    const Word* last;
    Size first;
    Word left;

    void settle() {
        while (left == 0 && ++one < last) {
            left = *one | *++other;
            first += WORD_BITS;
        }
    }
    int operator*() const { return static_cast<int>(first) + __builtin_ctzll(left); }
    Walk& operator++() {
        left &= left - 1;
        settle();
        return *this;
    }
    bool operator!=(const Walk&) const { return left != 0; }
};

struct Either {
    const Word* one;
    const Word* other;
    Size words;

    Walk begin() const {
        Walk walk = {one, other, one + words, 0, *one | *other};
        walk.settle();
        return walk;
    }
    Walk end() const { return {}; }
};

struct Places {
    Word* bits;
    Size words;

    void add(Size place) const { bits[place / WORD_BITS] |= Word{1} << (place % WORD_BITS); }
    void drop(Size place) const { bits[place / WORD_BITS] &= ~(Word{1} << (place % WORD_BITS)); }
    bool has(Size place) const { return (bits[place / WORD_BITS] >> (place % WORD_BITS) & 1) != 0; }
    void clear() const {
        for (Size i = 0; i < words; ++i) bits[i] = 0;
    }
    void add(const Places& others) const {
        for (Size i = 0; i < words; ++i) bits[i] |= others.bits[i];
    }
    Walk begin() const { return Either{bits, bits, words}.begin(); }
    Walk end() const { return Either{bits, bits, words}.end(); }
};

inline Either either(const Places& one, const Places& other) { return {one.bits, other.bits, one.words}; }

// One set for each of several owners.
struct PlaceSets {
    Word* bits;
    Size words;
    Places operator[](Size owner) const { return {bits + owner * words, words}; }
};

}  // namespace contingent
