package dev.rac.targets;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The form in which apps and failures are kept on the platform's objects. Fields of a newer RAC are ignored. */
public final class AppJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // The same app must give the same text: adapters compare it to tell whether anything changed.
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private AppJson() {}

    public static String write(App app) {
        return MAPPER.writeValueAsString(app);
    }

    /**
     * Reads what {@link #write(App)} wrote.
     *
     * @throws tools.jackson.core.JacksonException if it is not such a text
     */
    public static App readApp(String json) {
        return MAPPER.readValue(json, App.class);
    }

    public static String write(Failure failure) {
        return MAPPER.writeValueAsString(failure);
    }

    /**
     * Reads what {@link #write(Failure)} wrote.
     *
     * @throws tools.jackson.core.JacksonException if it is not such a text
     */
    public static Failure readFailure(String json) {
        return MAPPER.readValue(json, Failure.class);
    }
}
