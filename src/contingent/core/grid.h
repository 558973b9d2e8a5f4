// Tables of two and three dimensions in one block of cells, read as in Python: table[i][j].
#pragma once

#include <cstdint>

namespace contingent {

// Cells of whole numbers and sizes have different types, so that writing a cell cannot change a size
// in the eyes of the compiler.
using Cell = std::int32_t;
using Size = std::int64_t;

template <class T>
struct Grid {
    T* cells;
    Size row;
    T* operator[](Size i) const { return cells + i * row; }
};

template <class T>
struct Cube {
    T* cells;
    Size plane;
    Size row;
    Grid<T> operator[](Size i) const { return {cells + i * plane, row}; }
};

// A table's name and its dimensions, for whoever fills it.
struct TableName {
    const char* name;
    const char* dimensions;
};

}  // namespace contingent
