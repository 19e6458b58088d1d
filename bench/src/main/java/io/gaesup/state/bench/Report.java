package io.gaesup.state.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a part of the benchmark has to say.
 *
 * @param part the word behind {@code ./gaesup bench}
 * @param quick whether this was the short run
 * @param rounds how often everything was measured, all contenders in turn
 * @param rows the table
 * @param bars the promises, printed last
 * @param details raw measurements for the result file only
 */
public record Report(String part, boolean quick, int rounds, List<Row> rows, List<Bar> bars, Map<String, ?> details) {

    public Report {
        rows = List.copyOf(rows);
        bars = List.copyOf(bars);
    }

    /** True when a promise was measured and missed. */
    public boolean isShort() {
        return bars.stream().anyMatch(bar -> bar.verdict() == Bar.Verdict.SHORT);
    }

    /** The rows, aligned, ready to print. */
    String table() {
        var out = new StringBuilder();
        var cells = new ArrayList<List<String>>();
        cells.add(List.of(part + (quick ? " (quick)" : ""), "median", "min", "max", "unit", ""));
        for (var row : rows) {
            cells.add(cellsOf(row));
        }
        appendAligned(out, cells);
        out.append(String.format(Locale.ROOT, "median, least and most of %d interleaved rounds%n", rounds));
        return out.toString();
    }

    /** The block that ends a run. */
    String barLines() {
        var out = new StringBuilder();
        for (var bar : bars) {
            out.append(bar.line()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private static List<String> cellsOf(Row row) {
        var measured = row.measured();
        if (measured == null) {
            return List.of(row.name(), "not-run", "", "", row.unit(), row.note());
        }
        return List.of(
                row.name(),
                Numbers.grouped(measured.median()),
                Numbers.grouped(measured.min()),
                Numbers.grouped(measured.max()),
                row.unit(),
                row.note());
    }

    private static void appendAligned(StringBuilder out, List<List<String>> cells) {
        int columns = cells.getFirst().size();
        var widths = new int[columns];
        for (var line : cells) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        for (var line : cells) {
            var text = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                var cell = line.get(column);
                var padding = " ".repeat(widths[column] - cell.length());
                boolean isNumber = column >= 1 && column <= 3;
                text.append(isNumber ? padding + cell : cell + padding).append("  ");
            }
            out.append(text.toString().stripTrailing()).append(System.lineSeparator());
        }
    }
}
