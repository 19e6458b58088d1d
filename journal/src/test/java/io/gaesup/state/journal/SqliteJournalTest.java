package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
    @TempDir
    Path folder;

    @Override
    Journal open(JournalSettings settings, InstantSource clock) {
        return SqliteJournal.open(folder.resolve("data"), settings, clock, RandomGenerator.of("L64X128MixRandom"));
    }

    @Override
    void raiseEpoch() throws SQLException {
        execute(folder.resolve("data/journal.db"), "update meta set value = value + 1 where name = 'epoch'");
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static StateException refusal(Path folder) {
        var e = catchThrowableOfType(
                StateException.class, () -> SqliteJournal.open(folder).close());
        assertThat(e).as("opening " + folder).isNotNull();
        return e;
    }

    @Nested
    class Open {
        @Test
        void makesTheFolderAndLeavesOneFileAfterClose() throws Exception {
            var deep = folder.resolve("a/b c/ü%20?x=1#y");
            try (var journal = SqliteJournal.open(deep)) {
                journal.create("cart").join();
            }
            try (var journal = SqliteJournal.open(deep)) {
                assertThat(journal.stores()).hasSize(1);
            }
            try (var files = Files.list(deep)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("journal.db", "journal.lock");
            }
        }

        @Test
        void ofAFolderInUseIsRefusedAndTheFirstGoesOn() {
            var data = folder.resolve("x");
            try (var first = SqliteJournal.open(data)) {
                for (int attempt = 0; attempt < 3; attempt++) {
                    var e = refusal(data);
                    assertThat(e.code()).isEqualTo(ErrorCode.DATA_IN_USE);
                    assertThat(e).hasMessageContaining(data.toString()).hasMessageContaining("choose another folder");
                }
                first.create("cart").join();
            }
            SqliteJournal.open(data).close();
        }

        @Test
        void ofAFileIsRefused() throws Exception {
            var file = Files.writeString(folder.resolve("file"), "not a folder");

            for (Path path : new Path[] {file, file.resolve("below")}) {
                var e = refusal(path);
                assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_WRITABLE);
                assertThat(e).hasMessageContaining(path.toString());
            }
            assertThat(file).hasContent("not a folder");
        }

        @Test
        void ofANewerVersionIsRefused() throws Exception {
            var data = folder.resolve("x");
            SqliteJournal.open(data).close();
            execute(data.resolve("journal.db"), "update meta set value = 2 where name = 'schema'");

            var e = refusal(data);
            assertThat(e.code()).isEqualTo(ErrorCode.DATA_VERSION);
            assertThat(e).hasMessageContaining("version 2").hasMessageContaining("version 1");
        }

        @Test
        void ofAnotherProgramsDatabaseIsRefused() throws Exception {
            var data = Files.createDirectory(folder.resolve("x"));
            execute(data.resolve("journal.db"), "create table theirs(x)");

            assertThat(refusal(data).code()).isEqualTo(ErrorCode.DATA_DAMAGED);
        }

        @Test
        void ofSomethingThatIsNoDatabaseIsRefused() throws Exception {
            var data = Files.createDirectory(folder.resolve("x"));
            Files.writeString(
                    data.resolve("journal.db"), "no database at all, but long enough to be read. ".repeat(100));

            assertThat(refusal(data).code()).isEqualTo(ErrorCode.DATA_DAMAGED);
        }

        @Test
        void ofAnEmptyDatabaseFileIsRefused() throws Exception {
            var data = Files.createDirectory(folder.resolve("x"));
            Files.createFile(data.resolve("journal.db"));

            var e = refusal(data);
            assertThat(e.code()).isEqualTo(ErrorCode.DATA_DAMAGED);
            assertThat(e).hasMessageContaining("empty");
        }

        @Test
        void ofALogWithoutItsDatabaseIsRefused() throws Exception {
            var data = Files.createDirectory(folder.resolve("x"));
            Files.writeString(data.resolve("journal.db-wal"), "log");

            assertThat(refusal(data).code()).isEqualTo(ErrorCode.DATA_DAMAGED);
        }

        @Test
        void afterACrashDuringTheFirstOpeningBeginsAnew() throws Exception {
            var data = Files.createDirectory(folder.resolve("x"));
            Files.writeString(data.resolve("journal.db.new"), "half a database");

            SqliteJournal.open(data).close();
        }
    }
}
