// Tables of two and three dimensions in one block of cells, read as in Python: table[i][j].
#pragma once

#include <cstdint>

namespace contingent {

// Cells of whole numbers and sizes have different types, so that writing a cell cannot change a size
// in the eyes of the compiler.
using Cell = std::int32_t;
using Size = std::int64_t;

#if defined(CONTINGENT_CHECK_BOUNDS)
// A row that knows its length, for the sanitizers' build.
template <class T>
struct Row {
    T* cells;
    Size size;
    T& operator[](Size i) const {
        if (i < 0 || i >= size) __builtin_trap();
        return cells[i];
    }
    operator T*() const { return cells; }
};
#endif

template <class T>
struct Grid {
    T* cells;
    Size row;
#if defined(CONTINGENT_CHECK_BOUNDS)
    Row<T> operator[](Size i) const { return {cells + i * row, row}; }
#else
    T* operator[](Size i) const { return cells + i * row; }
#endif
    // Number of a cell, the same in all tables with such rows.
    Size at(Size i, Size j) const { return &(*this)[i][j] - cells; }
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
