package io.gaesup.state.core;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica's own batches from when they are made until the server's decision is in the confirmed document. */
final class Outbox {

    /* Each batch was made on the confirmed document with all batches before it that are still shown. One that no longer
     * fits what others did first is withdrawn: it is not shown any more, and those behind it are carried to where it had
     * not been. If the server never saw it, it ends there; otherwise the decision counts, and should the server have
     * applied it, it comes back as if somebody else had made it. */

    /** One batch. */
    static final class Item {

        private final Committed committed = new Committed();

        /** How much it takes in a frame, about: it was measured when it was made. */
        private final long bytes;

        private List<Operation> operations;

        /** The number it was sent under; 0 before. Those that have one come first, so that numbers have no gaps. */
        private long sequence;

        /** On its way, or decided. */
        private boolean sent;

        /** The revision it became, or 0. */
        private long appliedAs;

        /** Carried over something since {@link Outbox#tellCarried} told of it. */
        private boolean carried;

        /** Why it is not shown; null if it is. */
        private @Nullable StateException failure;

        private Item(List<Operation> operations, long bytes) {
            this.operations = operations;
            this.bytes = bytes;
        }

        Committed committed() {
            return committed;
        }

        List<Operation> operations() {
            return operations;
        }

        boolean isShown() {
            return failure == null;
        }

        /** Tells how it ended. */
        void end() {
            StateException reason = failure;
            if (appliedAs > 0 || reason == null) {
                committed.confirm(appliedAs);
            } else {
                committed.fail(reason);
            }
        }
    }

    private final List<Item> items = new ArrayList<>();
    private final Followers followers;
    private long lastSequence;

    /** Tells {@code followers} what moves places in the view while others' batches and withdrawn ones are dealt with. */
    Outbox(Followers followers) {
        this.followers = followers;
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    Item add(List<Operation> operations, long bytes) {
        Item item = new Item(operations, bytes);
        items.add(item);
        return item;
    }

    /** The sequence of the oldest one that was sent; 0 if there is none. */
    long oldestSent() {
        return items.isEmpty() ? 0 : items.getFirst().sequence;
    }

    /**
     * The batches to send as one group: at most {@code max}, and of at most {@code bytesMax} unless the first alone has more;
     * null while others are on their way, or if there are none.
     */
    @Nullable
    List<Submission> nextGroup(int max, long bytesMax) {
        if (items.isEmpty() || items.getFirst().sent) {
            return null;
        }
        List<Submission> group = new ArrayList<>();
        long bytes = 0;
        for (Item item : items.subList(0, Math.min(max, items.size()))) {
            bytes += item.bytes;
            if (bytes > bytesMax && !group.isEmpty()) {
                break;
            }
            item.sent = true;
            if (item.sequence == 0) {
                item.sequence = ++lastSequence;
            }
            group.add(new Submission(item.sequence, item.operations));
        }
        return group;
    }

    /** What is not decided is to be sent again. */
    void sendAgain() {
        for (Item item : items) {
            item.sent = item.appliedAs > 0;
        }
    }

    @Nullable
    Item find(long sequence) {
        for (Item item : items) {
            if (item.sequence == sequence) {
                return item;
            }
        }
        return null;
    }

    /** Notes that the server applied {@code item} as {@code revision}, which is still to come. */
    void applied(Item item, long revision) {
        item.appliedAs = revision;
        item.sent = true;
    }

    /** The oldest, if the server applied it as {@code revision} at the latest; it is in the outbox no more. */
    @Nullable
    Item takeApplied(long revision) {
        Item first = items.isEmpty() ? null : items.getFirst();
        return first == null || first.appliedAs == 0 || first.appliedAs > revision ? null : items.removeFirst();
    }

    /** Removes {@code item}; those behind it are carried to where it had not been. */
    void remove(Item item, @Nullable StateException reason) {
        if (item.isShown()) {
            followers.tell(Rebase.without(item.operations, new Shown(items.indexOf(item) + 1)));
        }
        if (reason != null) {
            item.failure = reason;
        }
        items.remove(item);
    }

    /** Carries what is shown over {@code first}. */
    void rebase(List<Operation> first) {
        followers.tell(Rebase.over(first, new Shown(0)));
    }

    /** Carries what is shown from where {@code expected} was done to where {@code first} was done instead. */
    void rebase(List<Operation> expected, List<Operation> first) {
        followers.tell(Rebase.without(expected, new Shown(0)));
        rebase(first);
    }

    /** Applies to {@code view} all that fits; what does not is withdrawn. Adds to {@code ended} what never goes out. */
    void show(Tree view, List<Item> ended) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.isShown()) {
                try {
                    view.apply(item.operations);
                } catch (StateException e) {
                    followers.tell(Rebase.without(item.operations, new Shown(i + 1)));
                    item.failure = e;
                }
            }
        }
        for (Item item : List.copyOf(items)) {
            if (!item.isShown() && !item.sent) {
                end(item, ended);
            }
        }
    }

    /** One that was withdrawn and the server did not see. If it has a number, an empty batch goes out under that. */
    private void end(Item item, List<Item> ended) {
        int at = items.indexOf(item);
        items.remove(at);
        ended.add(item);
        if (item.sequence != 0) {
            Item empty = new Item(List.of(), 0);
            empty.sequence = item.sequence;
            items.add(at, empty);
        }
    }

    /** Tells the followers what became of batches that others' came before. */
    void tellCarried(Value confirmed) {
        if (followers.isEmpty() || !hasCarried()) {
            return;
        }
        Tree at = new Tree(confirmed);
        for (Item item : items) {
            if (item.isShown()) {
                tellCarried(item, at.share());
                at.apply(item.operations);
            }
        }
    }

    private boolean hasCarried() {
        for (Item item : items) {
            if (item.carried) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #tellCarried(Value)} of {@code item}, which meets the document {@code before}. */
    void tellCarried(Item item, Value before) {
        if (item.carried) {
            item.carried = false;
            followers.tellCarried(item.committed, before, item.operations);
        }
    }

    /** Removes all, and fails them. */
    void close(StateException reason) {
        List<Item> left = List.copyOf(items);
        items.clear();
        left.forEach(item -> item.committed.fail(reason));
    }

    /** The operations of each batch that is shown, from some place on; carrying changes them here. */
    private final class Shown extends AbstractList<List<Operation>> {

        private final List<Item> shown = new ArrayList<>();

        private Shown(int start) {
            for (Item item : items.subList(start, items.size())) {
                if (item.isShown()) {
                    shown.add(item);
                }
            }
        }

        @Override
        public List<Operation> get(int index) {
            return shown.get(index).operations;
        }

        @Override
        public List<Operation> set(int index, List<Operation> operations) {
            List<Operation> before = shown.get(index).operations;
            shown.get(index).operations = operations;
            shown.get(index).carried = true;
            return before;
        }

        @Override
        public int size() {
            return shown.size();
        }
    }
}
