package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens the journal of one data folder, kept by the embedded SQLite.
 *
 * <p>The folder holds {@code journal.db}, beside it while open {@code journal.db-wal} and {@code journal.db-shm}, and
 * {@code journal.lock}. After {@link Journal#close} one file has everything; a copy of the folder taken while it is open needs all of them.
 */
public final class SqliteJournal {
    static final String DATABASE = "journal.db";

    /** "GSJ1" in the database header says whose file it is. */
    private static final int APPLICATION_ID = 0x47534a31;

    /** 4 MiB of log before it is copied back: longer ones make the commits that do it slower (0003-journal.md). */
    private static final int WAL_PAGES = 1000;

    private static final int CACHE_KIB = 8192;

    /** 2^53: numbers below it are exact in every client. */
    private static final long INCARNATION_BOUND = 1L << 53;

    private SqliteJournal() {}

    /** Opens with the default limits, the system clock and random incarnations. */
    public static Journal open(Path folder) {
        return open(folder, JournalSettings.defaults(), InstantSource.system(), new SecureRandom());
    }

    /**
     * Takes the folder, makes it and its database where they are missing, recovers what a crash left, checks it, and
     * begins the next epoch.
     *
     * <p>Cost: about 1 ms per MiB of the database for the check ({@link JournalSettings#checkBytesMax()}).
     *
     * @param clock gives the times in records
     * @param random gives incarnations
     * @throws StateException {@code DATA_NOT_WRITABLE}, {@code DATA_IN_USE}, {@code DATA_DAMAGED}, {@code DATA_DAMAGED}, {@code DATA_VERSION},
     *     {@code DISK_FULL} or {@code DATA_IO}; the data is as it was
     */
    public static Journal open(Path folder, JournalSettings settings, InstantSource clock, RandomGenerator random) {
        var taken = DataFolder.open(folder);
        boolean opened = false;
        try {
            var journal = open(taken, settings, clock, random);
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                taken.close();
            }
        }
    }

    private static Journal open(
            DataFolder folder, JournalSettings settings, InstantSource clock, RandomGenerator random) {
        var file = folder.file(DATABASE);
        String place = file.toString();
        try {
            createIfMissing(folder, file);
            var connections = new Connection[2];
            boolean opened = false;
            try {
                connections[0] = connect(file, true);
                check(connections[0], file, settings);
                connections[1] = connect(file, false);
                var journal = new JdbcJournal(
                        connections[0],
                        connections[1],
                        SqliteDialect.INSTANCE,
                        settings,
                        clock,
                        () -> random.nextLong(1, INCARNATION_BOUND),
                        place,
                        folder);
                opened = true;
                return journal;
            } finally {
                if (!opened) {
                    for (var connection : connections) {
                        if (connection != null) {
                            connection.close();
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new StateException(ErrorCode.DATA_NOT_WRITABLE, place + ": " + e, e);
        } catch (SQLException e) {
            throw new StateException(
                    SqliteDialect.INSTANCE.code(e), "opening " + place + ": " + e.getMessage() + hint(e), e);
        }
    }

    private static String hint(SQLException e) {
        return switch (SqliteDialect.INSTANCE.code(e)) {
            case DATA_DAMAGED -> "; nothing was changed, restore a copy";
            case DISK_FULL -> "; free some space";
            case DATA_NOT_WRITABLE -> "; expected files this process may write to";
            default -> "";
        };
    }

    /** A database appears under its name only when it is whole, so that an empty or half one is known for damage. */
    private static void createIfMissing(DataFolder folder, Path file) throws IOException, SQLException {
        if (Files.exists(file)) {
            if (Files.size(file) == 0) {
                throw new StateException(
                        ErrorCode.DATA_DAMAGED, file + " is empty, expected a database; restore a copy");
            }
            return;
        }
        var log = folder.file(DATABASE + "-wal");
        if (Files.exists(log)) {
            throw new StateException(
                    ErrorCode.DATA_DAMAGED,
                    file + " is missing while its log " + log + " is there; restore the database beside it");
        }
        var draft = folder.file(DATABASE + ".new");
        for (String suffix : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(folder.file(DATABASE + ".new" + suffix));
        }
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try (var connection = config.createConnection(url(draft));
                var statement = connection.createStatement()) {
            statement.execute("pragma application_id = " + APPLICATION_ID);
            connection.setAutoCommit(false);
            for (String sql : SqliteDialect.INSTANCE.schema()) {
                statement.execute(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("pragma journal_mode = wal");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        folder.sync();
    }

    private static Connection connect(Path file, boolean writes) throws SQLException {
        var config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-CACHE_KIB);
        // The driver begins the next transaction right after a commit; an immediate one would hold the write lock for
        // ever.
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        var connection = config.createConnection(url(file));
        try (var statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = " + WAL_PAGES);
            if (!writes) {
                statement.execute("pragma query_only = on");
            }
        }
        return connection;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    private static void check(Connection connection, Path file, JournalSettings settings)
            throws SQLException, IOException {
        int application = (int) number(connection, "pragma application_id");
        if (application != APPLICATION_ID) {
            throw new StateException(
                    ErrorCode.DATA_DAMAGED,
                    file + " belongs to another program: expected application id "
                            + Integer.toHexString(APPLICATION_ID) + ", found " + Integer.toHexString(application)
                            + "; choose another folder");
        }
        long schema = number(connection, "select value from meta where name = 'schema'");
        if (schema != Dialect.SCHEMA) {
            throw new StateException(
                    ErrorCode.DATA_VERSION,
                    file + " has tables of version " + schema + ", this program knows version " + Dialect.SCHEMA
                            + "; use the program that wrote it");
        }
        if (Files.size(file) <= settings.checkBytesMax()) {
            String found = text(connection, "pragma quick_check(1)");
            if (!"ok".equals(found)) {
                throw new StateException(
                        ErrorCode.DATA_DAMAGED, file + ": " + found + "; nothing was changed, restore a copy");
            }
        }
        String mode = text(connection, "pragma journal_mode = wal");
        if (!"wal".equals(mode)) {
            throw new StateException(ErrorCode.DATA_IO, file + ": expected journal mode wal, found " + mode);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : -1;
        }
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
