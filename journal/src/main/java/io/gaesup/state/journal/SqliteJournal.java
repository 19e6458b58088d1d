package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    private static final System.Logger LOG = System.getLogger(SqliteJournal.class.getName());

    /** "GSJ1" in the database header says whose file it is. */
    private static final int APPLICATION_ID = 0x47534a31;

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
     * <p>Cost: 2 to 5 ms per MiB of the database for the check ({@link JournalSettings#checkBytesMax()}).
     *
     * @param clock gives the times in records
     * @param random gives incarnations
     * @throws StateException {@code DATA_NOT_WRITABLE}, {@code DATA_IN_USE}, {@code DATA_DAMAGED}, {@code DATA_VERSION},
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
            check(folder, file, settings);
            var connections = new Connection[2];
            boolean opened = false;
            try {
                connections[0] = connect(file, Use.WRITE);
                emptyLog(connections[0], file);
                connections[1] = connect(file, Use.READ);
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
            throw new StateException(
                    ErrorCode.DATA_NOT_WRITABLE,
                    place + ": " + e + "; expected files this process may read and write",
                    e);
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

    private enum Use {
        CHECK,
        WRITE,
        READ
    }

    private static Connection connect(Path file, Use use) throws SQLException {
        var config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setReadOnly(use == Use.CHECK);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-CACHE_KIB);
        // The driver begins the next transaction right after a commit; an immediate one would hold the write lock for
        // ever.
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        var connection = config.createConnection(url(file));
        try (var statement = connection.createStatement()) {
            statement.execute("pragma query_only = " + (use != Use.WRITE));
        }
        return connection;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }

    /** Through a connection that cannot write: closing any other one would copy the log into a damaged database. */
    private static void check(DataFolder folder, Path file, JournalSettings settings) throws SQLException, IOException {
        checkHeader(file);
        WriteAheadLog.check(folder.file(DATABASE + "-wal"));
        try (var connection = connect(file, Use.CHECK)) {
            int application = (int) number(connection, "pragma application_id");
            if (application != APPLICATION_ID) {
                throw new StateException(
                        ErrorCode.DATA_DAMAGED,
                        file + " is not a journal: expected application id " + Integer.toHexString(APPLICATION_ID)
                                + ", found " + Integer.toHexString(application) + "; choose another folder");
            }
            long schema = number(connection, "select value from meta where name = 'schema'");
            if (schema != Dialect.SCHEMA) {
                throw new StateException(
                        ErrorCode.DATA_VERSION,
                        file + " has tables of version " + schema + ", this program knows version " + Dialect.SCHEMA
                                + "; use the program that wrote it");
            }
            if (Files.size(file) <= settings.checkBytesMax()) {
                String found = text(connection, "pragma integrity_check(1)");
                if (!"ok".equals(found)) {
                    throw new StateException(
                            ErrorCode.DATA_DAMAGED, file + ": " + found + "; nothing was changed, restore a copy");
                }
            } else {
                LOG.log(
                        System.Logger.Level.INFO,
                        "{0} is larger than {1} bytes: records are checked when they are read, not now",
                        file,
                        settings.checkBytesMax());
            }
        }
    }

    /** SQLite opens a file of an unknown format version for reading only, which would be told as a matter of rights. */
    private static void checkHeader(Path file) throws IOException {
        byte[] header;
        try (var in = Files.newInputStream(file)) {
            header = in.readNBytes(20);
        }
        String magic = new String(header, 0, Math.min(16, header.length), ISO_8859_1);
        if (!magic.equals("SQLite format 3\0") || header.length < 20 || header[18] > 2 || header[19] > 2) {
            throw new StateException(
                    ErrorCode.DATA_DAMAGED,
                    file + " does not begin like a database; nothing was changed, restore a copy");
        }
    }

    private static void emptyLog(Connection connection, Path file) throws SQLException {
        String mode = text(connection, "pragma journal_mode = wal");
        if (!"wal".equals(mode)) {
            throw new StateException(ErrorCode.DATA_IO, file + ": expected journal mode wal, found " + mode);
        }
        long busy = number(connection, "pragma wal_checkpoint(truncate)");
        if (busy != 0) {
            throw new StateException(
                    ErrorCode.DATA_IN_USE, file + " is read by another program; close it, then try again");
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
