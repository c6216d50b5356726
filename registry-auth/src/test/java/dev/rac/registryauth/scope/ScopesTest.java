package dev.rac.registryauth.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository:alice/hello:pull                | repository | alice/hello    | pull",
                "repository:alice/hello:pull,push           | repository | alice/hello    | pull,push",
                "repository:alice/hello:push,pull           | repository | alice/hello    | push,pull",
                "repository:a:pull,pull                     | repository | a              | pull",
                "repository:a:pull,                         | repository | a              | pull",
                "repository:a:,pull,,push                   | repository | a              | pull,push",
                "repository:a:*                             | repository | a              | *",
                "repository:a:paint                         | repository | a              | paint",
                "repository(plugin):alice/hello:pull        | repository | alice/hello    | pull",
                "repository:host:5000/alice/hello:pull      | repository | host:5000/alice/hello | pull",
                "repository:Host.example:5000/hello:pull    | repository | Host.example:5000/hello | pull",
                "app:alice/hello:read,write                 | app        | alice/hello    | read,write",
                "registry:catalog:*                         | registry   | catalog        | *",
                "registry:other:*                           | registry   | other          | *",
                "xrepository:a:pull                         | xrepository | a             | pull",
                "whatever:UPPER/%2f/..:pull                 | whatever   | UPPER/%2f/..   | pull",
            })
    void parsesAScope(String scope, String type, String name, String actions) {
        assertThat(Scopes.parse(List.of(scope)))
                .containsExactly(new ResourceScope(type, name, List.of(actions.split(","))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository:a:", "repository:a:,"})
    void anEmptyActionAsksForNothing(String scope) {
        assertThat(Scopes.parse(List.of(scope))).containsExactly(new ResourceScope("repository", "a", List.of()));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatDoesNotParseAndQuotesTheGrammar(String scope) {
        assertThatThrownBy(() -> Scopes.parse(List.of(scope)))
                .isInstanceOf(InvalidScopeException.class)
                .hasMessageContaining("type:name:action[,action]");
    }

    static Stream<String> malformed() {
        return Stream.of(
                "repository",
                "repository:",
                "repository:a",
                ":",
                "::",
                ":a:pull",
                "repository::pull",
                "Repository:a:pull",
                "Xrepository:a:pull",
                "rep ository:a:pull",
                "repository():a:pull",
                "repository(plugin:a:pull",
                "repository(plugin)x:a:pull",
                "repository(PLUGIN):a:pull",
                "repository:A:pull",
                "repository:alice/Hello:pull",
                "repository:..:pull",
                "repository:a/../b:pull",
                "repository:a%2fb:pull",
                "repository:a//b:pull",
                "repository:/a:pull",
                "repository:a/:pull",
                "repository:a*:pull",
                "repository:*:pull",
                "repository:host:port/a:pull",
                "repository:host:5000/:pull",
                "repository:аlice:pull",
                "repository:a\nb:pull",
                "repository:a:pull\n",
                "repository:a:PULL",
                "repository:a:pull;push",
                "repository:a:**",
                "repository:a:pull,*,x1",
                "repository:a:pull\u0000",
                "app:A:read",
                "registry:cata\u00a0log:*",
                "repository:" + "a".repeat(256) + ":pull",
                "whatever:" + "a".repeat(256) + ":pull",
                "\"a\":b",
                "a".repeat(1_000_000));
    }

    @Test
    void longInputNeitherOverflowsNorFillsTheMessage() {
        String manyActions = "repository:a:" + "pull,".repeat(200_000);
        assertThat(Scopes.parse(List.of(manyActions)))
                .containsExactly(new ResourceScope("repository", "a", List.of("pull")));
        assertThatThrownBy(() -> Scopes.parse(List.of(manyActions + "!")))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void takesSeveralParametersAndSeveralScopesInOne() {
        var together = Scopes.parse(List.of("repository:a:pull repository:b:push  registry:catalog:*"));
        var apart = Scopes.parse(List.of("repository:a:pull", "", " ", "repository:b:push", "registry:catalog:*"));

        assertThat(together)
                .isEqualTo(apart)
                .extracting(ResourceScope::toString)
                .containsExactly("repository:a:pull", "repository:b:push", "registry:catalog:*");
    }

    @Test
    void putsTogetherWhatIsAskedForOneResource() {
        assertThat(Scopes.parse(List.of("repository:a:pull repository:b:pull", "repository(plugin):a:push,pull")))
                .extracting(ResourceScope::toString)
                .containsExactly("repository:a:pull,push", "repository:b:pull");
    }

    @Test
    void asksForNothingWithoutAScope() {
        assertThat(Scopes.parse(List.of())).isEmpty();
        assertThat(Scopes.parse(List.of(""))).isEmpty();
    }

    @Test
    void boundsTheNumberOfResources() {
        assertThat(Scopes.parse(List.of(scopes(Scopes.MAX_RESOURCES) + " repository:a0:push")))
                .hasSize(Scopes.MAX_RESOURCES);
        assertThatThrownBy(() -> Scopes.parse(List.of(scopes(Scopes.MAX_RESOURCES + 1))))
                .isInstanceOf(InvalidScopeException.class)
                .hasMessageContaining("more than 200");
    }

    @Test
    void onlyRepositoriesAndAppsAreAboutARepository() {
        assertThat(new ResourceScope("repository", "alice/hello", List.of()).repository())
                .contains(new RepositoryName("alice/hello"));
        assertThat(new ResourceScope("app", "alice/hello", List.of()).repository())
                .contains(new RepositoryName("alice/hello"));
        assertThat(new ResourceScope("repository", "host:5000/hello", List.of()).repository())
                .isEmpty();
        assertThat(new ResourceScope("registry", "catalog", List.of()).repository())
                .isEmpty();
    }

    private static String scopes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "repository:a" + i + ":pull")
                .collect(Collectors.joining(" "));
    }
}
