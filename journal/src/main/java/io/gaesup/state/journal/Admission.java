package io.gaesup.state.journal;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.sql.SQLException;

/** Decides which writes may join the transaction, and puts their rows into it. Threads: the writer. */
final class Admission {
    private final WriteStatements statements;
    private final StoreHeads heads;
    private final JournalSettings settings;
    private long clientId;

    Admission(WriteStatements statements, StoreHeads heads, JournalSettings settings) throws SQLException {
        this.statements = statements;
        this.heads = heads;
        this.settings = settings;
        clientId = statements.clientIdMax();
    }

    /** Writes what the task asks for, or notes in the task why not; the rest of the transaction goes on. */
    void admit(Task<?> task, long now) throws SQLException {
        try {
            write(task, now);
        } catch (Refusal e) {
            task.refuse(e.reason);
        } catch (StateException e) { // damage in one store is no reason to stop the others
            task.refuse(e);
        }
    }

    private void write(Task<?> task, long now) throws SQLException, Refusal {
        switch (task) {
            case Task.Append append -> {
                switch (append.entry) {
                    case Entry.Batch batch -> append(batch, now);
                    case Entry.Rejection rejection -> append(rejection, now);
                }
            }
            case Task.Create create -> create(create.entry, now);
            case Task.Delete delete -> delete(delete, now);
            case Task.Checkpoint checkpoint -> checkpoint(checkpoint, now);
        }
    }

    private void append(Entry.Batch batch, long now) throws SQLException, Refusal {
        var head = living(batch.store(), batch.incarnation(), now);
        if (batch.revision() != head.revision + 1) {
            throw new Refusal(
                    ErrorCode.REVISION_GAP,
                    "store '" + head.name + "': expected revision " + (head.revision + 1) + ", got "
                            + batch.revision());
        }
        var origin = batch.origin();
        var client = origin == null ? null : decide(head, origin, now);
        statements.insertBatch(head, client, batch, now);
        head.revision = batch.revision();
    }

    private void append(Entry.Rejection rejection, long now) throws SQLException, Refusal {
        var head = living(rejection.store(), rejection.incarnation(), now);
        var client = decide(head, rejection.origin(), now);
        statements.insertRejection(head, client, rejection, now);
        if (++head.rejections >= 2L * settings.historyRejections()) {
            statements.flush();
            statements.updateClients(head);
            statements.deleteOldRejections(head, settings.historyRejections());
            head.rejections = settings.historyRejections();
        }
    }

    /** Takes the sequence: from here on it is decided, if the transaction commits. */
    private StoreHead.Client decide(StoreHead head, Entry.Origin origin, long now) throws SQLException, Refusal {
        var client = head.client(origin.client());
        if (client == null) {
            client = new StoreHead.Client(++clientId, origin.client(), 0, now);
            statements.insertClient(head, client);
            head.add(client);
        } else if (origin.sequence() <= client.sequence) {
            throw new Refusal(
                    ErrorCode.SEQUENCE_DECIDED,
                    "store '" + head.name + "': sequence " + origin.sequence() + " of client '" + client.name
                            + "' is at or below its last decided one, " + client.sequence);
        }
        client.sequence = origin.sequence();
        client.seen = now;
        client.ahead = true;
        return client;
    }

    private void create(StoreEntry store, long now) throws SQLException, Refusal {
        var head = heads.find(store.name(), now);
        if (head != null) {
            throw new Refusal(
                    ErrorCode.STORE_EXISTS,
                    "store '" + store.name() + "' lives, with incarnation " + head.incarnation + " at revision "
                            + head.revision);
        }
        statements.insertStore(store, now);
    }

    private void delete(Task.Delete task, long now) throws SQLException, Refusal {
        var head = living(task.store, task.incarnation, now);
        statements.flush();
        statements.deleteStore(head);
        heads.forget(task.store);
    }

    private void checkpoint(Task.Checkpoint task, long now) throws SQLException, Refusal {
        var head = living(task.store, task.incarnation, now);
        if (task.revision < head.checkpointRevision || task.revision > head.revision) {
            throw new Refusal(
                    ErrorCode.REVISION_GAP,
                    "checkpoint of store '" + head.name + "': expected a revision from " + head.checkpointRevision
                            + " to " + head.revision + ", got " + task.revision);
        }
        statements.flush();
        statements.updateClients(head);
        statements.replaceCheckpoint(head, task.revision, now, task.snapshot);
        statements.deleteHistory(head, task.revision - settings.historyRevisions());
        statements.deleteClients(head, now - settings.clientForgetAfter().toMillis());
        heads.forget(task.store);
    }

    private StoreHead living(String store, long incarnation, long now) throws SQLException, Refusal {
        var head = heads.find(store, now);
        if (head == null) {
            throw new Refusal(ErrorCode.UNKNOWN_STORE, "no store '" + store + "' lives");
        }
        if (head.incarnation != incarnation) {
            throw new Refusal(
                    ErrorCode.UNKNOWN_STORE,
                    "store '" + store + "' lives with incarnation " + head.incarnation + "; " + incarnation
                            + " has ended or never was");
        }
        return head;
    }

    /** One write that cannot be part of the transaction; the others can. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        final StateException reason;

        Refusal(ErrorCode code, String message) {
            super(message, null, false, false);
            reason = new StateException(code, message);
        }
    }
}
