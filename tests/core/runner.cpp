// Runs futures of a program that dump.py wrote, outside Python: for the sanitizers and for profiling.
//
//     runner PROGRAM OUTPUT [REPEATS]
//
// OUTPUT gets holders, flags and series as raw bytes. Between any two tables lies a gap of cells that
// nobody may touch; with the address sanitizer, whoever does is told.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "futures.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace {

using namespace contingent;

constexpr Size GAP = 16;

struct Reader {
    std::vector<char> bytes;
    std::size_t at = 0;

    template <class T>
    std::vector<T> next(std::size_t count) {
        if (at + count * sizeof(T) > bytes.size()) {
            std::fprintf(stderr, "the program file is too short\n");
            std::exit(2);
        }
        std::vector<T> values(count);
        if (count) std::memcpy(values.data(), bytes.data() + at, count * sizeof(T));
        at += count * sizeof(T);
        return values;
    }
};

Size size_of(const Sizes& sizes, char letter) {
    for (const auto& free : FREE_SIZES) {
        if (free.letter == letter) return sizes.*free.size;
    }
    for (const auto& fixed : FIXED_SIZES) {
        if (fixed.letter == letter) return fixed.size;
    }
    std::abort();
}

// A block of tables with a gap behind each, and one before the first.
template <class T>
class Guarded {
  public:
    template <std::size_t N>
    Guarded(const Sizes& sizes, const TableName (&tables)[N]) {
        Size total = GAP;
        for (const TableName& table : tables) {
            Size cells = 1;
            for (const char* letter = table.dimensions; *letter; ++letter) {
                cells *= size_of(sizes, *letter);
            }
            starts_.push_back(total);
            lengths_.push_back(cells);
            total += cells + GAP;
        }
        block_.resize(static_cast<std::size_t>(total));
    }

    ~Guarded() { guard(false); }

    T* first() { return block_.data() + GAP; }

    void fill(const T* cells) {
        for (std::size_t i = 0; i < starts_.size(); ++i) {
            for (Size c = 0; c < lengths_[i]; ++c) block_[static_cast<std::size_t>(starts_[i] + c)] = *cells++;
        }
    }

    void clear() {
        for (std::size_t i = 0; i < starts_.size(); ++i) {
            for (Size c = 0; c < lengths_[i]; ++c) block_[static_cast<std::size_t>(starts_[i] + c)] = 0;
        }
    }

    void guard([[maybe_unused]] bool on) {
#if defined(__SANITIZE_ADDRESS__)
        if (!on) return ASAN_UNPOISON_MEMORY_REGION(block_.data(), block_.size() * sizeof(T));
        Size free = 0;
        for (std::size_t i = 0; i <= starts_.size(); ++i) {
            const Size end = i < starts_.size() ? starts_[i] : static_cast<Size>(block_.size());
            ASAN_POISON_MEMORY_REGION(block_.data() + free, static_cast<std::size_t>(end - free) * sizeof(T));
            if (i < starts_.size()) free = starts_[i] + lengths_[i];
        }
#endif
    }

  private:
    std::vector<T> block_;
    std::vector<Size> starts_, lengths_;
};

template <class T>
void write_all(std::ofstream& file, const std::vector<T>& values) {
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(T)));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: runner PROGRAM OUTPUT [REPEATS]\n");
        return 2;
    }
    std::ifstream input(argv[1], std::ios::binary);
    Reader reader{{std::istreambuf_iterator<char>(input), {}}};
    Sizes sizes{};
    for (const auto& free : FREE_SIZES) sizes.*free.size = reader.next<std::int64_t>(1)[0];
    const auto counts = reader.next<std::int64_t>(4);  // days, futures, targets, slots
    const int days = static_cast<int>(counts[0]);
    const std::size_t n = static_cast<std::size_t>(counts[1]), targets = static_cast<std::size_t>(counts[2]),
                      slots = static_cast<std::size_t>(counts[3]);
    const auto key = reader.next<std::uint32_t>(2);
    const auto structure = reader.next<Cell>(static_cast<std::size_t>(structure_cells(sizes)));
    const auto parameters = reader.next<double>(static_cast<std::size_t>(parameter_cells(sizes)));
    const auto target = reader.next<std::int64_t>(targets);
    const auto slot = reader.next<std::int64_t>(targets);
    const auto scale = reader.next<double>(targets);
    const auto thetas = reader.next<double>(n * slots);
    const auto futures = reader.next<std::uint32_t>(n);

    Guarded<Cell> fixed(sizes, STRUCTURE_TABLES);
    Guarded<double> numbers(sizes, PARAMETER_TABLES);
    Guarded<double> floats(sizes, STATE_FLOAT_TABLES);
    Guarded<Cell> ints(sizes, STATE_INT_TABLES);
    fixed.fill(structure.data());
    fixed.guard(true);
    floats.guard(true);
    ints.guard(true);
    KeptMemory kept(sizes);
    const std::size_t places = n * static_cast<std::size_t>(days * sizes.P);
    std::vector<std::int16_t> holders(places);
    std::vector<std::uint8_t> flags(places);
    std::vector<double> series(n * static_cast<std::size_t>(days * sizes.S));

    const int repeats = argc > 3 ? std::atoi(argv[3]) : 1;
    const std::clock_t begin = std::clock();
    for (int repeat = 0; repeat < repeats; ++repeat) {
        for (std::size_t i = 0; i < n; ++i) {
            std::vector<double> values = parameters;
            for (std::size_t k = 0; k < targets; ++k) {
                values[static_cast<std::size_t>(target[k])] =
                    thetas[i * slots + static_cast<std::size_t>(slot[k])] * scale[k];
            }
            numbers.guard(false);
            numbers.fill(values.data());
            numbers.guard(true);
            floats.clear();
            ints.clear();
            Theatre t{};
            static_cast<Sizes&>(t) = sizes;
            bind_structure(t, fixed.first(), GAP);
            bind_parameter(t, numbers.first(), GAP);
            bind_state_float(t, floats.first(), GAP);
            bind_state_int(t, ints.first(), GAP);
            keeping::begin(t, kept.cells());
            t.key = {key[0], key[1]};
            t.keys = nullptr;
            t.future = futures[i];
            const std::size_t cells = static_cast<std::size_t>(days * sizes.P);
            day::run_future(t, {0, days},
                            {holders.data() + i * cells, flags.data() + i * cells,
                             series.data() + i * static_cast<std::size_t>(days * sizes.S)});
        }
    }
    const double spent = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::printf("%.2f us of processor time a day\n", spent / (static_cast<double>(n) * days * repeats));
    std::ofstream output(argv[2], std::ios::binary);
    write_all(output, holders);
    write_all(output, flags);
    write_all(output, series);
    return output ? 0 : 1;
}
