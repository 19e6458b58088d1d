package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder that this process alone writes to, until it is closed or the process ends, however it ends. */
final class DataFolder implements AutoCloseable {
    /*
     * The operating system holds the lock for the process, so kill -9 leaves nothing to clean up; the file itself stays and
     * names the last holder. POSIX drops all locks of a process on a file when it closes any of its channels to
     * it, so this process must not open the file a second time: OPEN keeps it from that.
     */
    static final String LOCK = "journal.lock";

    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Makes the folder where it is missing and takes it, or says at once who has it. */
    static DataFolder open(Path given) {
        var folder = create(given);
        if (!OPEN.add(folder)) {
            throw inUse(folder, "a journal of this process");
        }
        boolean taken = false;
        try {
            var opened = new DataFolder(folder, lock(folder));
            taken = true;
            return opened;
        } finally {
            if (!taken) {
                OPEN.remove(folder);
            }
        }
    }

    private static Path create(Path given) {
        try {
            var missing = new ArrayDeque<Path>();
            for (Path at = given.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
                missing.push(at);
            }
            Files.createDirectories(given);
            for (Path made : missing) {
                Path parent = made.getParent();
                if (parent != null) {
                    sync(parent);
                }
            }
            return given.toRealPath();
        } catch (FileAlreadyExistsException e) {
            throw new StateException(
                    ErrorCode.DATA_NOT_WRITABLE,
                    "data folder " + given + ": " + e.getFile() + " is a file, expected a folder; choose another one",
                    e);
        } catch (IOException e) {
            throw notWritable(given, e);
        }
    }

    private static FileChannel lock(Path folder) {
        var file = folder.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(folder, holder(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
            taken = true;
            return channel;
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, "a journal of this process");
        } catch (IOException e) {
            throw notWritable(folder, e);
        } finally {
            if (!taken) {
                closeQuietly(channel);
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(64);
        channel.read(buffer, 0);
        var text = new String(buffer.array(), 0, buffer.position(), UTF_8).strip();
        return text.isEmpty() ? "another process" : text;
    }

    private static StateException inUse(Path folder, String holder) {
        return new StateException(
                ErrorCode.DATA_IN_USE,
                "data folder " + folder + " is in use by " + holder + "; stop it, or choose another folder");
    }

    private static StateException notWritable(Path folder, IOException e) {
        return new StateException(
                ErrorCode.DATA_NOT_WRITABLE,
                "data folder " + folder + ": " + e + "; expected a folder this process may write to",
                e);
    }

    Path path() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Puts names made in this folder on disk. */
    void sync() throws IOException {
        sync(folder);
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(DataFolder.class.getName()).log(System.Logger.Level.DEBUG, "closing the lock file", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
        OPEN.remove(folder);
    }
}
