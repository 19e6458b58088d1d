package io.gaesup.state.server;

import java.nio.file.Path;

/**
 * What a node is like; the names in brackets are the keys a file would use.
 *
 * @param data the folder of the journal [{@code data}], made where it is missing; one node at a time has it open
 * @param checkpointBatches [{@code checkpoint-batches}] a store is checkpointed after this many batches: 1 or more, default
 *     10,000. Fewer make the start after a crash quicker and the running node busier; leave it alone unless the first
 *     access to a store after a restart is too slow
 * @param checkpointBytes [{@code checkpoint-bytes}] and after this many bytes of batches, or as many as the last checkpoint
 *     had if that is more: 1 KiB or more, default 8 MiB
 * @param deltaLogBatches [{@code delta-log-batches}] how many of a store's last batches are kept in memory, encoded, for
 *     clients that are behind or come back: 1 to 1,000,000, default 4,096. A client that missed more gets the whole store
 * @param deltaLogBytes [{@code delta-log-bytes}] and how many bytes of them: 1 KiB or more, default 4 MiB; the last batch is
 *     always kept
 */
public record NodeConfig(
        Path data, int checkpointBatches, int checkpointBytes, int deltaLogBatches, int deltaLogBytes) {

    private static final int KIB = 1024;

    public NodeConfig {
        Range.check("checkpoint-batches", checkpointBatches, 1, Integer.MAX_VALUE);
        Range.check("checkpoint-bytes", checkpointBytes, KIB, Integer.MAX_VALUE);
        Range.check("delta-log-batches", deltaLogBatches, 1, 1_000_000);
        Range.check("delta-log-bytes", deltaLogBytes, KIB, Integer.MAX_VALUE);
    }

    /** The defaults, with {@code data} as the folder. */
    public static NodeConfig of(Path data) {
        return new NodeConfig(data, 10_000, 8 * KIB * KIB, 4096, 4 * KIB * KIB);
    }

    public NodeConfig withCheckpointAfter(int batches, int bytes) {
        return new NodeConfig(data, batches, bytes, deltaLogBatches, deltaLogBytes);
    }

    public NodeConfig withDeltaLog(int batches, int bytes) {
        return new NodeConfig(data, checkpointBatches, checkpointBytes, batches, bytes);
    }
}
