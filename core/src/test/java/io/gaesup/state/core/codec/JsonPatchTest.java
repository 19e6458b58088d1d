package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases in the order of RFC 6902: each row is a document, a patch, and the document after it or the reason why not. */
final class JsonPatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1} | [{"op":"add","path":"/b","value":2}] | {"a":1,"b":2}
                    {"a":1} | [{"op":"add","path":"/a","value":[null]}] | {"a":[null]}
                    {"a":[1,3]} | [{"op":"add","path":"/a/1","value":2}] | {"a":[1,2,3]}
                    {"a":[1]} | [{"op":"add","path":"/a/1","value":2}] | {"a":[1,2]}
                    {"a":[1]} | [{"op":"add","path":"/a/-","value":[2]}] | {"a":[1,[2]]}
                    [] | [{"op":"add","path":"/-","value":{}},{"op":"add","path":"/0/x","value":1}] | [{"x":1}]
                    {"a":1} | [{"op":"add","path":"","value":"new"}] | "new"
                    "old" | [{"op":"add","path":"","value":[]},{"op":"add","path":"/0","value":1}] | [1]
                    {} | [{"op":"add","path":"/l","value":[1]},{"op":"add","path":"/l/0","value":0}] | {"l":[0,1]}
                    {"0":1} | [{"op":"add","path":"/0","value":2},{"op":"add","path":"/-","value":3}] | {"0":2,"-":3}
                    {} | [{"op":"add","path":"/","value":1},{"op":"add","path":"/a~1b","value":2},{"op":"add","path":"/m~0n","value":3}] | {"":1,"a/b":2,"m~n":3}
                    {} | [{"op":"add","path":"/a","value":1,"unknown":[true]}] | {"a":1}
                    """)
    void addInsertsOrSets(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"b":2} | [{"op":"remove","path":"/a"}] | {"b":2}
                    {"a":null} | [{"op":"remove","path":"/a"}] | {}
                    [1,2,3] | [{"op":"remove","path":"/1"}] | [1,3]
                    [1,[2,3]] | [{"op":"remove","path":"/1/0"},{"op":"remove","path":"/0"}] | [[3]]
                    """)
    void removeDeletes(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"b":2} | [{"op":"replace","path":"/a","value":{"x":1}}] | {"a":{"x":1},"b":2}
                    [1,2,3] | [{"op":"replace","path":"/1","value":null}] | [1,null,3]
                    {"a":1} | [{"op":"replace","path":"","value":[1]}] | [1]
                    """)
    void replaceSetsWhatIsThere(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":{"x":1},"b":{}} | [{"op":"move","from":"/a/x","path":"/b/y"}] | {"a":{},"b":{"y":1}}
                    [1,2,3,4] | [{"op":"move","from":"/0","path":"/2"}] | [2,3,1,4]
                    [1,2,3,4] | [{"op":"move","from":"/3","path":"/0"}] | [4,1,2,3]
                    [1,2,3] | [{"op":"move","from":"/0","path":"/-"}] | [2,3,1]
                    {"a":[1],"b":2} | [{"op":"move","from":"/b","path":"/a/0"}] | {"a":[2,1]}
                    {"a":[1],"b":2} | [{"op":"move","from":"/a/0","path":"/b"}] | {"a":[],"b":1}
                    {"a":{"b":{"c":1}}} | [{"op":"move","from":"/a/b","path":"/a"}] | {"a":{"c":1}}
                    {"a":1,"b":2} | [{"op":"move","from":"/a","path":"/a"}] | {"a":1,"b":2}
                    {"a":{"b":1}} | [{"op":"move","from":"/a","path":""}] | {"b":1}
                    {"a":1} | [{"op":"move","from":"","path":""}] | {"a":1}
                    """)
    void moveRemovesAndAdds(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":{"x":1}} | [{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/y","value":2}] | {"a":{"x":1},"b":{"x":1,"y":2}}
                    [1,2] | [{"op":"copy","from":"/1","path":"/0"}] | [2,1,2]
                    [1,2] | [{"op":"copy","from":"/0","path":"/-"}] | [1,2,1]
                    {"a":1} | [{"op":"copy","from":"","path":"/self"}] | {"a":1,"self":{"a":1}}
                    {"a":[1]} | [{"op":"copy","from":"/a","path":""}] | [1]
                    """)
    void copyAddsWhatIsThereNow(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":{"x":[1,2.5,"s",null,true]}} | [{"op":"test","path":"/a","value":{"x":[1,2.5,"s",null,true]}}] | {"a":{"x":[1,2.5,"s",null,true]}}
                    {"a":1,"b":2} | [{"op":"test","path":"","value":{"b":2,"a":1}}] | {"a":1,"b":2}
                    {"a":1} | [{"op":"test","path":"/a","value":1.0}] | {"a":1}
                    {"a":null} | [{"op":"test","path":"/a","value":null}] | {"a":null}
                    {"a/b":1,"m~n":2,"~1":3} | [{"op":"test","path":"/a~1b","value":1},{"op":"test","path":"/m~0n","value":2},{"op":"test","path":"/~01","value":3}] | {"a/b":1,"m~n":2,"~1":3}
                    """)
    void testComparesByWorth(String document, String patch, String expected) {
        assertThat(Json.write(patched(document, patch))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1} | {"op":"add"} | BAD_REQUEST | a JSON Patch is a list of operations, but this is map
                    {} | [1] | BAD_REQUEST | expected an object, found int (operation 0 of 1 of the patch
                    {} | [{"path":"/a","value":1}] | BAD_REQUEST | expected "op" to be a string, found no such member
                    {} | [{"op":1,"path":"/a"}] | BAD_REQUEST | expected "op" to be a string, found int
                    {} | [{"op":"add","path":"/a","value":1},{"op":"spam","path":"/a"}] | BAD_REQUEST | found "spam" (operation 1 of 2 of the patch, spam)
                    {} | [{"op":"ADD","path":"/a","value":1}] | BAD_REQUEST | found "ADD"
                    {} | [{"op":"add","value":1}] | BAD_REQUEST | expected "path" to be a string, found no such member
                    {} | [{"op":"add","path":null,"value":1}] | BAD_REQUEST | expected "path" to be a string, found null
                    {} | [{"op":"add","path":"/a"}] | BAD_REQUEST | expected a member "value", found none (operation 0 of 1 of the patch, add)
                    {"a":1} | [{"op":"replace","path":"/a"}] | BAD_REQUEST | expected a member "value"
                    {"a":1} | [{"op":"test","path":"/a"}] | BAD_REQUEST | expected a member "value"
                    {"a":1} | [{"op":"move","path":"/b"}] | BAD_REQUEST | expected "from" to be a string
                    {"a":1} | [{"op":"copy","path":"/b","from":3}] | BAD_REQUEST | expected "from" to be a string, found int
                    {} | [{"op":"add","path":"a","value":1}] | BAD_PATH | a path is empty or starts with
                    {} | [{"op":"add","path":"/a~2","value":1}] | BAD_PATH | lone
                    {} | [{"op":"add","path":"/a/b","value":1}] | NOT_FOUND | nothing is at /a
                    {"a":1} | [{"op":"add","path":"/a/b","value":1}] | WRONG_TYPE | expected a container at /a, found int 1
                    [1] | [{"op":"add","path":"/2","value":1}] | INDEX_OUT_OF_RANGE | no position 2 in the list of 1
                    [1] | [{"op":"add","path":"/01","value":1}] | INDEX_OUT_OF_RANGE | no position 01
                    [1] | [{"op":"add","path":"/x","value":1}] | INDEX_OUT_OF_RANGE | no position x
                    {"a":1} | [{"op":"remove","path":"/b"}] | NOT_FOUND | nothing is at /b
                    [1] | [{"op":"remove","path":"/1"}] | INDEX_OUT_OF_RANGE | no position 1
                    [1] | [{"op":"remove","path":"/-"}] | INDEX_OUT_OF_RANGE | no position -
                    {"a":1} | [{"op":"remove","path":""}] | BAD_PATH | the whole document cannot be deleted
                    {"a":1} | [{"op":"replace","path":"/b","value":1}] | TEST_FAILED | found nothing
                    [1] | [{"op":"replace","path":"/1","value":1}] | TEST_FAILED | found nothing
                    [1] | [{"op":"replace","path":"/-","value":1}] | TEST_FAILED | found nothing
                    {"a":{}} | [{"op":"move","from":"/a","path":"/a/b"}] | BAD_PATH | cannot move /a into itself
                    {"a":1} | [{"op":"move","from":"/b","path":"/a"}] | NOT_FOUND | nothing is at /b
                    {"a":1} | [{"op":"move","from":"/b","path":"/b"}] | TEST_FAILED | found nothing
                    {"a":1} | [{"op":"move","from":"/b","path":""}] | NOT_FOUND | nothing is at /b
                    {"a":1} | [{"op":"copy","from":"/b","path":"/a"}] | NOT_FOUND | nothing is at /b
                    {"a":1} | [{"op":"test","path":"/a","value":2}] | TEST_FAILED | test at /a: expected int 2, found int 1
                    {"a":1} | [{"op":"test","path":"/a","value":"1"}] | TEST_FAILED | expected string "1", found int 1
                    {"a":1} | [{"op":"test","path":"/b","value":null}] | TEST_FAILED | found nothing
                    {"a":1} | [{"op":"remove","path":"/a"},{"op":"test","path":"/a","value":1}] | TEST_FAILED | (operation 1 of 2 of the patch, test)
                    """)
    void whatRfc6902DoesNotAllowIsRefused(String document, String patch, ErrorCode code, String message) {
        assertThatThrownBy(() -> patched(document, patch))
                .isInstanceOfSatisfying(
                        StateException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void theExampleOfAppendixA() {
        assertThat(Json.write(patched(
                        "{\"foo\":{\"bar\":\"baz\",\"waldo\":\"fred\"},\"qux\":{\"corge\":\"grault\"}}",
                        "[{\"op\":\"move\",\"from\":\"/foo/waldo\",\"path\":\"/qux/thud\"}]")))
                .isEqualTo("{\"foo\":{\"bar\":\"baz\"},\"qux\":{\"corge\":\"grault\",\"thud\":\"fred\"}}");
    }

    @Test
    void eachStepIsTheOperationThatMeansIt() {
        Value one = Value.of(1);
        assertThat(JsonPatch.parse(
                        Json.parse("[{\"op\":\"add\",\"path\":\"/l/-\",\"value\":1},"
                                + "{\"op\":\"replace\",\"path\":\"/a\",\"value\":1},"
                                + "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},"
                                + "{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/l/0\"},"
                                + "{\"op\":\"remove\",\"path\":\"/a\"},"
                                + "{\"op\":\"test\",\"path\":\"/l/0\",\"value\":1}]"),
                        Json.parse("{\"a\":0,\"l\":[]}")))
                .containsExactly(
                        new Operation.Insert(Path.of("/l/-"), one),
                        new Operation.Test(Path.of("/a"), null),
                        new Operation.Set(Path.of("/a"), one),
                        new Operation.Set(Path.of("/b"), one),
                        new Operation.Move(Path.of("/b"), Path.of("/l/0")),
                        new Operation.Delete(Path.of("/a")),
                        new Operation.Test(Path.of("/l/0"), one));
    }

    @Test
    void copiesThatDoubleTheDocumentEndAtTheLimit() {
        ListValue.Builder patch = ListValue.builder();
        for (int i = 0; i < 100; i++) {
            patch.add(Json.parse("{\"op\":\"copy\",\"from\":\"\",\"path\":\"/copy" + i + "\"}"));
        }
        assertThatThrownBy(() -> JsonPatch.parse(patch.build(), Json.parse("{\"text\":\"some text to begin with\"}")))
                .hasMessageStartingWith(
                        "LIMIT_EXCEEDED: the copies of one patch amount to at most 67108864 bytes" + " (operation 2");
    }

    /** What applying the operations as one batch makes of the document. */
    private static Value patched(String document, String patch) {
        Value root = Json.parse(document);
        List<Operation> operations = JsonPatch.parse(Json.parse(patch), root);
        LocalStore store = LocalStore.create("test", root);
        store.apply(new Batch(operations));
        return store.snapshot().root();
    }
}
