package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.testkit.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operating system sees, and what happens when it fails. */
class SystemCallIT {
    private static final int WRITES = 60;

    @TempDir
    private Path folder;

    private Path data;
    private Path trace;

    @BeforeEach
    void needTheTracer() throws Exception {
        data = folder.resolve("data");
        trace = folder.resolve("trace");
        Assumptions.assumeTrue(SystemCalls.areTraceable("SystemCallIT"), "strace");
    }

    private ChildRun traced(String... options) throws Exception {
        var command = new ArrayList<>(List.of("strace", "-f", "-y", "-s", "100000", "-o", trace.toString()));
        command.addAll(List.of(options));
        return ChildRun.start(command, data, 1, WRITES, 1, -1);
    }

    /** A system call in the trace: the lines where it began and where it had ended. */
    private record Call(String name, String text, int begun, int ended) {
        boolean succeeded() {
            return !text.contains(" = -1 ");
        }
    }

    /** Joins the two halves of a call that another thread's call came between. */
    private List<Call> calls() throws IOException {
        var begun = new java.util.HashMap<String, Call>();
        var calls = new ArrayList<Call>();
        var line = Pattern.compile("(\\d+) +(?:<\\.\\.\\. (\\w+) resumed>|(\\w+)\\()(.*)", Pattern.DOTALL);
        var lines = Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            var match = line.matcher(lines.get(i));
            if (!match.matches()) {
                continue;
            }
            if (match.group(2) != null) {
                var first = begun.remove(match.group(1));
                calls.add(new Call(first.name, first.text + match.group(4), first.begun, i));
            } else if (lines.get(i).endsWith("<unfinished ...>")) {
                begun.put(match.group(1), new Call(match.group(3), match.group(4), i, -1));
            } else {
                calls.add(new Call(match.group(3), match.group(4), i, i));
            }
        }
        return calls;
    }

    @Test
    void eachAcknowledgementFollowsASyncOfTheLogThatFollowsItsWrite() throws Exception {
        var run = traced("-e", "trace=pwrite64,write,fsync,fdatasync");
        assertThat(run.exit()).isZero();
        assertThat(run.acknowledged()).hasSize(WRITES);
        var calls = calls();

        int proven = 0;
        for (String told : run.acknowledged()) {
            String[] words = told.split(" ", -1);
            if (words[0].equals("batch")) {
                var written =
                        first(calls, "pwrite64", -1, "-wal>", JournalChild.mark(words[1], Long.parseLong(words[2])));
                var acknowledged = first(calls, "write", -1, "write", "\"" + told + "\\n\"");
                boolean synced = calls.stream()
                        .anyMatch(call -> (call.name.equals("fdatasync") || call.name.equals("fsync"))
                                && call.text.contains("-wal>")
                                && call.succeeded()
                                && call.begun > written.ended
                                && call.ended < acknowledged.begun);
                assertThat(synced)
                        .as(
                                "a sync between the write of '%s' (line %d) and its acknowledgement (line %d)",
                                told, written.ended, acknowledged.begun)
                        .isTrue();
                proven++;
            }
        }
        assertThat(proven).isGreaterThan(WRITES / 2);
        System.out.println("SystemCallIT: " + proven + " acknowledgements, each behind a sync of its record");
    }

    private static Call first(List<Call> calls, String name, int after, String... parts) {
        return calls.stream()
                .filter(call -> call.name.equals(name) && call.begun > after)
                .filter(call -> List.of(parts).stream().allMatch(part -> part.equals(name) || call.text.contains(part)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " with " + List.of(parts)));
    }

    @Test
    void afterAFailedSyncNothingIsAcknowledgedAnyMore() throws Exception {
        var run = traced("-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=40");

        int failed = run.lines().stream()
                .map(line -> line.startsWith("failed"))
                .toList()
                .indexOf(true);
        assertThat(failed).as("%s", run.lines()).isPositive();
        assertThat(run.lines().subList(failed, run.lines().size() - 1))
                .hasSize(3)
                .allMatch(line -> line.startsWith("failed JOURNAL_FAILED "));
        assertThat(run.acknowledged()).hasSizeGreaterThan(5).hasSize(failed - 1);
        ChildRun.verify(data, run.acknowledged());
    }

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoomAndLosesNothing() throws Exception {
        var run = traced("-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC:when=80..120");

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).as("%s", run.lines()).anyMatch(line -> line.startsWith("failed DISK_FULL "));
        assertThat(run.lines()).noneMatch(line -> line.startsWith("failed JOURNAL_FAILED "));
        assertThat(run.acknowledged()).hasSize(WRITES);
        ChildRun.verify(data, run.acknowledged());
    }

    @Test
    void aFolderThatRefusesWritingIsNamedAndNothingIsTouched() throws Exception {
        for (String file : new String[] {"journal.lock", "journal.db"}) {
            SqliteJournal.open(data).close();
            byte[] before = Files.readAllBytes(data.resolve("journal.db"));

            var run = traced("-P", data.toRealPath().resolve(file).toString(), "-e", "inject=openat:error=EACCES");

            assertThat(run.lines()).as(file).containsExactly("refused DATA_NOT_WRITABLE");
            assertThat(data.resolve("journal.db")).hasBinaryContent(before);
        }
    }

    @Test
    void aDatabaseThatCannotBeReadIsNotCalledDamaged() throws Exception {
        SqliteJournal.open(data).close();

        var run = traced(
                "-P", data.toRealPath().resolve("journal.db").toString(), "-e", "inject=pread64:error=EIO:when=3+");

        assertThat(run.lines()).containsExactly("refused DATA_IO");
        SqliteJournal.open(data).close();
    }
}
