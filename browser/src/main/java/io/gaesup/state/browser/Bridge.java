package io.gaesup.state.browser;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Commit;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine as JavaScript sees it: one call that takes and returns ints, everything else lies in the {@link Lanes}.
 *
 * <p>Stores, handles and subscriptions are numbers counted up from 0. A call never throws: it returns {@link #REFUSED}
 * and leaves {@code CODE\nmessage} behind its length, or {@link #BROKEN} with the same if what happened is a fault of
 * ours, after which JavaScript asks nothing more.
 */
final class Bridge {
    /** The caller's or the world's mistake; nothing has changed. */
    static final int REFUSED = -1;

    /** A mistake of ours; the state is not to be trusted any more. */
    static final int BROKEN = -2;

    static final int ROOM = 0;
    static final int OPEN = 1;
    static final int PATH = 2;
    static final int APPLY = 3;
    static final int READ = 4;
    static final int SUBSCRIBE = 5;
    static final int UNSUBSCRIBE = 6;
    static final int LINK = 7;
    static final int ATTACH = 8;
    static final int OPENED = 9;
    static final int RECEIVED = 10;
    static final int LOST = 11;
    static final int NEXT = 12;
    static final int EVENT = 13;
    static final int STATUS = 14;
    static final int PING = 15;
    static final int CLOSE = 16;
    static final int ASK = 17;
    static final int REVISION = 18;

    private final Lanes lanes;
    private final Output output;
    private final Answers answers;
    private final Commands commands;
    private final List<Room> rooms = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private int lastSubscription;

    Bridge(Lanes lanes) {
        this.lanes = lanes;
        this.output = new Output(lanes);
        this.answers = new Answers(output);
        this.commands = new Commands(lanes, targets);
    }

    /** Does what {@code function} names; what the numbers mean and what comes back stands at each function. */
    int call(int function, int a, int b, int c) {
        try {
            return switch (function) {
                case ROOM -> output.room(a);
                case OPEN -> open(a, b, c);
                case PATH -> path(a, b);
                case APPLY -> apply(a, b);
                case READ -> answers.read(targets.get(a));
                case SUBSCRIBE -> subscribe(a);
                case UNSUBSCRIBE -> unsubscribe(a, b);
                case LINK -> link(a);
                case ATTACH -> attach(a, b);
                case OPENED -> opened(a);
                case RECEIVED -> received(a, b);
                case LOST -> lost(a);
                case NEXT -> next(a);
                case EVENT -> event(a);
                case STATUS -> status(a);
                case PING -> ping(a);
                case CLOSE -> close(a);
                case ASK -> ask(a);
                case REVISION -> revision(a);
                default -> throw new StateException(ErrorCode.BAD_REQUEST, "there is no function " + function);
            };
        } catch (StateException e) {
            return say(REFUSED, e.code().name() + '\n' + e.detail());
        } catch (RuntimeException e) {
            return say(BROKEN, ErrorCode.INTERNAL.name() + '\n' + e);
        }
    }

    private int say(int result, String what) {
        output.texts(what);
        return result;
    }

    /** Makes a store of the name in the first {@code nameBytes} bytes; returns its number. */
    private int open(int nameBytes, int valueAt, int valueBytes) {
        Value initial = valueBytes == 0 ? null : MessagePack.decode(lanes.bytesAt(valueAt, valueBytes));
        rooms.add(new Room(text(nameBytes), initial, output));
        return rooms.size() - 1;
    }

    /** A handle for the path in the first {@code pathBytes} bytes. */
    private int path(int room, int pathBytes) {
        targets.add(new Target(rooms.get(room), Path.of(text(pathBytes))));
        return targets.size() - 1;
    }

    /** Applies the commands in the first {@code bytes} bytes as one batch; returns how many subscriptions fired. */
    private int apply(int number, int bytes) {
        Room room = rooms.get(number);
        List<Operation> operations = commands.read(bytes);
        output.forgetFired();
        Commit commit = operations.size() == 1
                ? room.store().apply(operations.getFirst())
                : room.store().apply(new Batch(operations));
        Link link = room.link;
        if (link != null) {
            link.follow(room, commit);
        }
        return output.fired();
    }

    /** A subscription to what the handle stands for; it fires in the answers of the calls that change that. */
    private int subscribe(int handle) {
        Target target = targets.get(handle);
        target.room.watch(++lastSubscription, target);
        return lastSubscription;
    }

    private int unsubscribe(int handle, int subscription) {
        targets.get(handle).room.unwatch(subscription);
        return 0;
    }

    /** A connection of the client whose id is in the first {@code idBytes} bytes. */
    private int link(int idBytes) {
        links.add(new Link(text(idBytes)));
        return links.size() - 1;
    }

    private int attach(int link, int room) {
        links.get(link).attach(rooms.get(room));
        return 0;
    }

    private int opened(int link) {
        links.get(link).opened();
        return 0;
    }

    /** The first {@code bytes} bytes are a message from the server; returns how many subscriptions fired. */
    private int received(int link, int bytes) {
        output.forgetFired();
        links.get(link).received(lanes.bytesAt(0, bytes));
        return output.fired();
    }

    private int lost(int link) {
        links.get(link).lost();
        return 0;
    }

    /** Puts the next message for the server into the lanes and returns its length; 0 if there is none. */
    private int next(int link) {
        ByteWriter message = links.get(link).unsent();
        int length = message.size();
        output.bytes(message);
        links.get(link).sent();
        return length;
    }

    /** Puts store, code and message of the next event into the lanes and returns 1; 0 if there is none. */
    private int event(int link) {
        Link.Event event = links.get(link).nextEvent();
        if (event == null) {
            return 0;
        }
        output.texts(event.store(), event.code(), event.message());
        return 1;
    }

    /** Leaves how many batches wait for the server and how many operations came from it; returns how many stores wait. */
    private int status(int link) {
        output.numbers(links.get(link).pending(), links.get(link).operations());
        return links.get(link).waiting();
    }

    private int ping(int link) {
        links.get(link).ping();
        return 0;
    }

    /** Asks again for the stores the server did not have. */
    private int ask(int link) {
        links.get(link).askAgain();
        return 0;
    }

    private int close(int link) {
        links.get(link).close();
        return 0;
    }

    /** Leaves the store's revision. */
    private int revision(int room) {
        output.number(rooms.get(room).store().revision());
        return 0;
    }

    private String text(int bytes) {
        return ((Value.Text) MessagePack.decode(lanes.bytesAt(0, bytes))).value();
    }
}
