package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Extension;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Laws of the form, and comparison with a library everyone trusts. */
final class JsonPropertyTest {

    private static final JsonMapper JACKSON = JsonMapper.shared();

    @Provide
    Arbitrary<Value> values() {
        return Values.values();
    }

    @Provide
    Arbitrary<Double> floats() {
        return Values.floats();
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Values.timestamps()
                .filter(each -> each.seconds() >= -62_167_219_200L && each.seconds() < 253_402_300_800L)
                .map(each -> Instant.ofEpochSecond(each.seconds(), each.nanos()));
    }

    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(25);
        Arbitrary<Integer> exponents = Arbitraries.integers().between(-345, 280);
        return digits.flatMap(whole -> digits.flatMap(fraction ->
                exponents.map(exponent -> whole.replaceFirst("^0+(?=.)", "") + '.' + fraction + 'e' + exponent)));
    }

    @Property
    void readingGivesBackWhatWasWritten(@ForAll("values") Value value) {
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
        assertThat(Json.parse(Json.toBytes(value))).isEqualTo(value);
    }

    @Property(tries = 1000)
    void floatsComeBackToTheBit(@ForAll("floats") double number) {
        assertThat(Json.parse(Json.write(Value.of(number)))).isEqualTo(Value.of(number));
    }

    @Property
    void decimalsAreTheNearestFloat(@ForAll("decimals") String text) {
        assertThat(Json.parse(text)).isEqualTo(Value.of(Double.parseDouble(text)));
    }

    @Property
    void timestampsAreWrittenAndReadAsInstantsAre(@ForAll("instants") Instant instant) {
        Extension timestamp = Extension.timestamp(instant.getEpochSecond(), instant.getNano());
        assertThat(Json.write(timestamp)).isEqualTo("{\"$timestamp\":\"" + instant + "\"}");
        assertThat(Json.parse("{\"$timestamp\":\"" + instant + "\"}")).isEqualTo(timestamp);
    }

    @Property
    void jacksonReadsTheSame(@ForAll("values") Value value) {
        assertThat(JACKSON.readTree(Json.toBytes(value))).isEqualTo(node(value));
    }

    @Property
    void whatJacksonWritesIsRead(@ForAll("values") Value value) {
        JsonNode node = node(value);
        assertThat(Json.parse(JACKSON.writeValueAsBytes(node))).isEqualTo(value);
        assertThat(Json.parse(node.toPrettyString())).isEqualTo(value);
    }

    private static JsonNode node(Value value) {
        var nodes = JACKSON.getNodeFactory();
        return switch (value) {
            case Value.Null _ -> nodes.nullNode();
            case Value.Bool bool -> nodes.booleanNode(bool.value());
            case Value.Int number -> JACKSON.readTree(Long.toString(number.value()));
            case Value.Float number -> nodes.numberNode(number.value());
            case Value.Text text -> nodes.stringNode(text.value());
            case Value.Binary binary ->
                nodes.objectNode().put("$binary", java.util.Base64.getEncoder().encodeToString(binary.toBytes()));
            case Extension extension -> JACKSON.readTree(Json.write(extension));
            case ListValue list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(element -> array.add(node(element)));
                yield array;
            }
            case MapValue map -> {
                ObjectNode object = nodes.objectNode();
                // A map that looks like another kind is escaped in our JSON; for Jackson it is a map like any other.
                map.forEach(
                        (key, entry) -> object.set(map.size() == 1 ? KindForm.escape(key, entry) : key, node(entry)));
                yield object;
            }
        };
    }
}
