package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class CodecLimitsTest {

    private static final CodecLimits DEFAULTS = CodecLimits.defaults();

    private static Value json(String text, CodecLimits limits) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Json.parse(utf8, 0, utf8.length, limits);
    }

    private static Value messagePack(String json, CodecLimits limits) {
        return MessagePack.decode(MessagePack.encode(Json.parse(json)), limits);
    }

    private static void assertRefused(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StateException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(ErrorCode.LIMIT_EXCEEDED + ": at ");
    }

    @Test
    void areThoseOfTheEngineByDefault() {
        assertThat(DEFAULTS)
                .isEqualTo(new CodecLimits(Limits.DEPTH_MAX, Limits.KEY_BYTES_MAX, Limits.DOCUMENT_BYTES_MAX));
    }

    @Test
    void boundTheDepth() {
        CodecLimits two = DEFAULTS.withDepthMax(2);
        assertThat(json("[[1]]", two)).isEqualTo(messagePack("[[1]]", two));
        assertRefused("a document nests at most 2 deep", () -> json("[[[]]]", two));
        assertRefused("a document nests at most 2 deep", () -> messagePack("[[[]]]", two));
        assertRefused("a document nests at most 0 deep", () -> messagePack("{}", DEFAULTS.withDepthMax(0)));
    }

    @Test
    void boundTheKeys() {
        CodecLimits three = DEFAULTS.withKeyBytesMax(3);
        assertThat(json("{\"abc\":1,\"é\":2}", three)).isEqualTo(messagePack("{\"abc\":1,\"é\":2}", three));
        assertRefused("a map key has at most 3 bytes, this one has 4", () -> json("{\"éé\":1}", three));
        assertRefused("a map key has at most 3 bytes, this one has 4", () -> messagePack("{\"abcd\":1}", three));
    }

    @Test
    void boundTheDocument() {
        CodecLimits ten = DEFAULTS.withDocumentBytesMax(10);
        assertThat(json("\"12345678\"", ten)).isEqualTo(messagePack("\"12345678\"", ten));
        assertRefused("a document has at most 10 bytes", () -> messagePack("\"1234567890\"", ten));
        assertThatThrownBy(() -> json("\"123456789\"", ten))
                .hasMessage("LIMIT_EXCEEDED: a document has at most 10 bytes, this one has 11");
    }

    @Test
    void areNeverBeyondWhatAStoreHolds() {
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withDepthMax(513));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withKeyBytesMax(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withDocumentBytesMax(0))
                .withMessage("documentBytesMax is 1 to 67108864, not 0");
    }
}
