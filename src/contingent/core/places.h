// Sets of places, walked in the order of their numbers, so that a day need not look where nothing is.
#pragma once

#include <functional>

#include "grid.h"

namespace contingent {

// Not of the type of a Size, so that writing a word cannot change a size in the eyes of the compiler.
using Word = unsigned long long;

inline constexpr Word WORD_BITS = 64;

inline Size words_of(Size places) { return static_cast<Size>((places + WORD_BITS - 1) / WORD_BITS); }

// Walks a set whose words are worked out on the way, until nothing is left. What is added on the way may
// or may not be met.
template <class Set>
struct Walk {
    Set set;
    Word first;  // place of the lowest bit of the word
    Word left;

    void settle() {
        while (left == 0 && (first += WORD_BITS) < set.words * WORD_BITS) left = set.word(first);
    }
    int operator*() const { return static_cast<int>(first) + __builtin_ctzll(left); }
    Walk& operator++() {
        left &= left - 1;
        settle();
        return *this;
    }
    bool operator!=(const Walk&) const { return left != 0; }
};

template <class Set>
inline Walk<Set> walk(const Set& set) {
    Walk<Set> first = {set, 0, set.word(0)};
    first.settle();
    return first;
}

struct Places {
    Word* bits;
    Size words;

    Word& word(Size place) const { return bits[place / WORD_BITS]; }
    void add(Size place) const { word(place) |= Word{1} << (place % WORD_BITS); }
    void drop(Size place) const { word(place) &= ~(Word{1} << (place % WORD_BITS)); }
    void put(Size place, bool in) const { in ? add(place) : drop(place); }
    bool has(Size place) const { return (word(place) >> (place % WORD_BITS) & 1) != 0; }
    void clear() const {
        for (Size i = 0; i < words; ++i) bits[i] = 0;
    }
    void add(const Places& others) const {
        for (Size i = 0; i < words; ++i) bits[i] |= others.bits[i];
    }
    Walk<Places> begin() const { return walk(*this); }
    Walk<Places> end() const { return {}; }
};

// A set made of two on the way, word by word.
template <class One, class Other, class Join>
struct Joined {
    One one;
    Other other;
    Size words;

    Word word(Size place) const { return Join{}(one.word(place), other.word(place)); }
    Walk<Joined> begin() const { return walk(*this); }
    Walk<Joined> end() const { return {}; }
};

// What is in one set or the other.
template <class One, class Other>
Joined<One, Other, std::bit_or<Word>> either(const One& one, const Other& other) {
    return {one, other, one.words};
}

// What is in both sets.
template <class One, class Other>
Joined<One, Other, std::bit_and<Word>> both(const One& one, const Other& other) {
    return {one, other, one.words};
}

// One set for each of several owners.
struct PlaceSets {
    Word* bits;
    Size words;
    Places operator[](Size owner) const { return {bits + owner * words, words}; }
};

}  // namespace contingent
