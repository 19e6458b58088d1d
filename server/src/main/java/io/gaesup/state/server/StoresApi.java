package io.gaesup.state.server;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import io.gaesup.state.core.codec.JsonPatch;
import io.gaesup.state.journal.StoreEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Stores and paths over HTTP; docs/http.md tells how it looks from outside. Answers to writes come after the disk. */
final class StoresApi {

    static final String PREFIX = "/api/stores";

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final Set<String> PATCHES = Set.of(JSON_PATCH, MERGE_PATCH);
    private static final Set<String> VALUES = Set.of(Reply.JSON, "");
    private static final String METHODS = "GET, HEAD, PUT, PATCH, DELETE";

    private final Node node;
    private final int bodyBytesMax;

    StoresApi(Node node, int bodyBytesMax) {
        this.node = node;
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Answers a request whose path starts with {@link #PREFIX}; {@code rest} is what follows that. */
    void handle(HttpServerRequest request, String rest) {
        Future<?> answered;
        try {
            answered = route(request, rest);
        } catch (HttpProblem | StateException e) {
            answered = Future.failedFuture(e);
        }
        answered.onFailure(failure -> Reply.problem(request, failure));
    }

    private Future<?> route(HttpServerRequest request, String rest) {
        if (rest.isEmpty() || rest.equals("/")) {
            if (!isRead(request)) {
                throw wrongMethod(request, "GET, HEAD");
            }
            return list(request);
        }
        Target target = Target.of(rest.substring(1));
        return switch (request.method().name()) {
            case "GET", "HEAD" -> get(request, target);
            case "PUT" -> put(request, target);
            case "PATCH" -> patch(request, target);
            case "DELETE" -> delete(request, target);
            default -> throw wrongMethod(request, METHODS);
        };
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }

    private static HttpProblem wrongMethod(HttpServerRequest request, String allowed) {
        request.response().putHeader("allow", allowed);
        return new HttpProblem(
                405, ErrorCode.BAD_REQUEST, "expected one of " + allowed + ", found " + request.method());
    }

    private Future<?> list(HttpServerRequest request) {
        return node.stores().list().onSuccess(entries -> {
            List<Value> stores = new ArrayList<>(entries.size());
            for (StoreEntry entry : entries) {
                stores.add(MapValue.of(
                        "name",
                        Value.of(entry.name()),
                        "incarnation",
                        Value.of(entry.incarnation()),
                        "revision",
                        Value.of(entry.revision())));
            }
            Reply.json(request, 200, MapValue.of("stores", ListValue.of(stores)));
        });
    }

    private Future<?> get(HttpServerRequest request, Target target) {
        return node.stores().find(target.store()).compose(store -> {
            Snapshot snapshot = store.durable();
            String tag = Precondition.tag(store.incarnation(), snapshot.revision());
            Value found = snapshot.get(target.path());
            if (found == null) {
                return Future.failedFuture(new StateException(
                        ErrorCode.NOT_FOUND,
                        "nothing is at '" + target.path() + "' in store '" + target.store() + "' (revision "
                                + snapshot.revision() + ")"));
            }
            request.response().putHeader("etag", tag);
            if (Precondition.isKnown(request, tag)) {
                request.response().setStatusCode(304).end();
                return Future.succeededFuture();
            }
            return node.loop()
                    .aside(() -> Json.toBytes(found))
                    .onSuccess(bytes -> Reply.send(request, 200, Reply.JSON, bytes));
        });
    }

    private Future<?> put(HttpServerRequest request, Target target) {
        Body.type(request, VALUES);
        return Body.json(request, bodyBytesMax, node.loop())
                .compose(value -> node.stores()
                        .find(target.store())
                        .compose(store ->
                                write(request, store, current -> List.of(new Operation.Set(target.path(), value))))
                        .recover(failure -> target.path().isRoot() && Stores.isUnknown(failure)
                                ? make(request, target.store(), value)
                                : Future.failedFuture(failure)));
    }

    private Future<HostedStore> make(HttpServerRequest request, String name, Value value) {
        Precondition.checkMake(request, name);
        return node.stores().open(name, value).compose(store -> {
            if (isMadeOf(value, store)) {
                written(request, 201, store, store.durable().revision());
                return Future.succeededFuture(store);
            }
            return write(request, store, current -> List.of(new Operation.Set(Path.ROOT, value)));
        });
    }

    /** Whether the store still is what this request made of it; if somebody else was faster it is written like any. */
    private static boolean isMadeOf(Value value, HostedStore store) {
        Value there = store.durable().root();
        return there == value || (store.durable().revision() == 0 && there.equals(value));
    }

    private Future<?> patch(HttpServerRequest request, Target target) {
        request.response().putHeader("accept-patch", JSON_PATCH + ", " + MERGE_PATCH);
        boolean merge = Body.type(request, PATCHES).equals(MERGE_PATCH);
        return Body.json(request, bodyBytesMax, node.loop())
                .compose(patch -> node.stores()
                        .find(target.store())
                        .compose(store -> write(
                                request,
                                store,
                                current -> merge
                                        ? List.of(new Operation.Merge(target.path(), patch))
                                        : patched(current, target, patch))));
    }

    /** A patch of a part is a patch of the whole with longer paths. */
    private static List<Operation> patched(Snapshot current, Target target, Value patch) {
        Value part = current.get(target.path());
        if (part == null) {
            throw new StateException(
                    ErrorCode.NOT_FOUND, "nothing is at '" + target.path() + "' in store '" + target.store() + "'");
        }
        return Prefix.add(target.path(), JsonPatch.parse(patch, part));
    }

    private Future<HostedStore> delete(HttpServerRequest request, Target target) {
        return node.stores().find(target.store()).compose(store -> {
            if (!target.path().isRoot()) {
                return write(request, store, current -> List.of(new Operation.Delete(target.path())));
            }
            Precondition.checkWrite(request, store);
            return node.stores()
                    .delete(store)
                    .onSuccess(gone -> request.response().setStatusCode(204).end());
        });
    }

    /** Applies what {@code operations} makes of the newest state, and answers when it is on disk. */
    private Future<HostedStore> write(
            HttpServerRequest request, HostedStore store, Function<Snapshot, List<Operation>> operations) {
        if (node.committer().isBusy()) {
            throw new StateException(ErrorCode.BUSY, "too much waits for the disk already; try again");
        }
        Precondition.checkWrite(request, store);
        Batch batch = new Batch(operations.apply(store.newest()));
        Promise<HostedStore> durable = Promise.promise();
        long revision = store.apply(batch.operations(), Stores.promised(durable));
        return durable.future().onSuccess(same -> written(request, 200, store, revision));
    }

    private static void written(HttpServerRequest request, int status, HostedStore store, long revision) {
        request.response().putHeader("etag", Precondition.tag(store.incarnation(), revision));
        Reply.json(
                request,
                status,
                MapValue.of("incarnation", Value.of(store.incarnation()), "revision", Value.of(revision)));
    }
}
