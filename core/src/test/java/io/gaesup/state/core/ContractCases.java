package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What every {@link Store} does, as cases that any implementation runs on any machine: plain Java without a test
 * library, so that a browser build can run the very same class. The report is the same text wherever all is well.
 */
public final class ContractCases {

    /** Makes the stores under test. */
    @FunctionalInterface
    public interface Stores {

        /** A new store that holds {@code initial}. */
        Store create(Value initial);
    }

    /** One case: throws if the store does otherwise. */
    @FunctionalInterface
    interface Body {
        void run(Stores stores);
    }

    private record Case(String name, Body body) {}

    private final List<Case> cases = new ArrayList<>();

    private ContractCases() {
        ContractOperations.addTo(this);
        ContractLists.addTo(this);
        ContractValues.addTo(this);
        ContractBatches.addTo(this);
        ContractBatching.addTo(this);
        ContractSubscriptions.addTo(this);
        ContractSelectors.addTo(this);
        ContractHistory.addTo(this);
    }

    /** Runs all cases: a line {@code ok name} or {@code FAILED name: why} for each, then how many did what. */
    public static String run(Stores stores) {
        List<Case> cases = new ContractCases().cases;
        StringBuilder report = new StringBuilder();
        int failed = 0;
        for (Case each : cases) {
            try {
                each.body.run(stores);
                report.append("ok ").append(each.name).append('\n');
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                failed++;
                report.append("FAILED ")
                        .append(each.name)
                        .append(": ")
                        .append(e)
                        .append('\n');
            }
        }
        return report.append(cases.size() - failed)
                .append(" ok, ")
                .append(failed)
                .append(" failed\n")
                .toString();
    }

    void that(String name, Body body) {
        cases.add(new Case(name, body));
    }

    /** The batch turns {@code before} into {@code after} (see {@link Notation}) in one revision, and so do its deltas. */
    void does(String name, String before, Batch.Builder batch, String after) {
        that(name, stores -> changes(stores, Notation.read(before), batch.build(), Notation.read(after)));
    }

    /** The batch fails with {@code code} and changes nothing, alone and behind another operation. */
    void refuses(String name, String before, Batch.Builder batch, ErrorCode code) {
        that(name, stores -> fails(stores, Notation.read(before), batch.build(), code));
    }

    static void changes(Stores stores, Value before, Batch batch, Value after) {
        Store store = stores.create(before);
        Snapshot earlier = store.snapshot();
        same("the document at first", before, earlier.root());
        long revision = store.revision();
        store.apply(batch);
        Snapshot later = store.snapshot();
        same("the document", after, later.root());
        same("the revision", revision + 1, store.revision());
        same("the snapshot's revision", store.revision(), later.revision());
        same("the earlier snapshot", before, earlier.root());
        Delta forth = later.since(earlier);
        same("the delta's start", revision, forth.from());
        same("the delta's end", revision + 1, forth.to());
        same("the earlier snapshot with the delta", after, forth.applyTo(earlier.root()));
        same(
                "the later snapshot with the delta back",
                before,
                earlier.since(later).applyTo(later.root()));
        same("the earlier snapshot after all", before, earlier.root());
        same("the later snapshot after all", after, later.root());
    }

    static void fails(Stores stores, Value before, Batch batch, ErrorCode code) {
        Store store = stores.create(before);
        Snapshot earlier = store.snapshot();
        long revision = store.revision();
        refused(code, () -> store.apply(batch));
        List<Operation> longer = new ArrayList<>();
        longer.add(new Operation.Set(Path.ROOT, Value.of("replaced")));
        longer.add(new Operation.Set(Path.ROOT, before));
        longer.addAll(batch.operations());
        refused(code, () -> store.apply(new Batch(longer)));
        same("the document", before, store.snapshot().root());
        same("the earlier snapshot", before, earlier.root());
        same("the revision", revision, store.revision());
    }

    static void refused(ErrorCode code, Runnable call) {
        try {
            call.run();
        } catch (StateException e) {
            same("the code", code, e.code());
            same("the message", code.name() + ": " + e.detail(), e.getMessage());
            return;
        }
        throw new AssertionError("expected " + code + ", but it went well");
    }

    static void same(String what, Value expected, Value found) {
        same(what, Notation.write(expected), Notation.write(found));
        same(what + " equals what is expected", true, expected.equals(found) && found.equals(expected));
        same(what + "'s hash code", expected.hashCode(), found.hashCode());
    }

    static void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}
