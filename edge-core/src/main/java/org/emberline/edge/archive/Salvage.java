package org.emberline.edge.archive;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies what can still be read of a damaged database into a new one beside it. Each table is read from its begin to the first damaged
 * page and from its end back to the last one; what lies between two damaged pages is given up.
 */
final class Salvage {
    /** Tables by what orders them, and whether their rows have no other name than their place. */
    private record Table(String name, String backwards, boolean nameless) {}

    private static final List<Table> TABLES = List.of(
            new Table("run", "rowid DESC", false),
            new Table("channel", "rowid DESC", false),
            new Table("detector", "rowid DESC", false),
            new Table("metric_name", "rowid DESC", false),
            new Table("temperature", "rowid DESC", true),
            new Table("trigger_edge", "rowid DESC", true),
            new Table("event", "rowid DESC", true),
            new Table("frame", "detector DESC, id DESC", false),
            new Table("metric", "name DESC, frame DESC", false),
            new Table("pattern", "rowid DESC", false),
            new Table("image", "rowid DESC", false),
            new Table("metric_map", "rowid DESC", false),
            new Table("segment", "rowid DESC", false),
            new Table("ledger", "detector DESC, key DESC", false));

    private final Connection from;
    private final Connection into;

    private Salvage(Connection from, Connection into) {
        this.from = from;
        this.into = into;
    }

    /** Where the copy lies. */
    static Path place(RunFolder folder) {
        return folder.path().resolve("run-salvaged.sqlite");
    }

    /**
     * Makes the copy, which must not be there yet.
     *
     * @param damage gets a line for each table that is not whole, and one that names the copy
     */
    static void copy(RunFolder folder, Connection damaged, List<String> damage) throws SQLException {
        Path file = place(folder);
        try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = copy.createStatement()) {
            RunSchema.create(statement);
            copy.setAutoCommit(false);
            Salvage salvage = new Salvage(damaged, copy);
            for (Table table : TABLES) {
                salvage.copy(table, damage);
            }
            copy.commit();
            damage.add(file.getFileName() + ": what could be read of the damaged run.sqlite, which was left as it is");
        }
    }

    private void copy(Table table, List<String> damage) throws SQLException {
        String rows = "SELECT " + (table.nameless ? "rowid, *" : "*") + " FROM " + table.name;
        String broken = copy(table, rows);
        if (broken != null) {
            copy(table, rows + " ORDER BY " + table.backwards);
            damage.add("table " + table.name + ": " + count(table) + " rows can be read, not all (" + broken + ")");
        }
    }

    /** Copies rows until one cannot be read; answers why, null when all could. */
    private @Nullable String copy(Table table, String query) throws SQLException {
        try (PreparedStatement insert = into.prepareStatement(insert(table))) {
            try (Statement statement = from.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    for (int i = 1; i <= columns; i++) {
                        insert.setObject(i, row.getObject(i));
                    }
                    insert.executeUpdate();
                }
                return null;
            } catch (SQLException e) {
                return e.getMessage();
            }
        }
    }

    private String insert(Table table) throws SQLException {
        List<String> columns = new ArrayList<>();
        if (table.nameless) {
            columns.add("rowid");
        }
        try (Statement statement = into.createStatement();
                ResultSet row = statement.executeQuery("SELECT name FROM pragma_table_info('" + table.name + "')")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        return "INSERT OR IGNORE INTO " + table.name + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private long count(Table table) throws SQLException {
        try (Statement statement = into.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table.name)) {
            return row.getLong(1);
        }
    }
}
