package dev.rac.registryauth.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Claims as clients see them. */
final class ClaimViews {
    private static final String OWNER = "owner";

    private ClaimViews() {}

    /**
     * A claim.
     *
     * @param role of who is asking: {@code owner}, or a member's; null for an administrator who is neither
     * @param members for those who may manage them, else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClaimView(
            String repository,
            String owner,
            @JsonProperty("public") boolean isPublic,
            Instant createdAt,
            @Nullable String role,
            @Nullable List<MemberView> members) {}

    /** A member. */
    record MemberView(String user, String role) {}

    static ClaimView claim(Claim claim, String user, @Nullable Role role) {
        return claim(claim, user, role, null);
    }

    static ClaimView claim(Standing standing, @Nullable List<Members.Member> members) {
        return claim(standing.claim(), standing.account().name(), standing.role(), members);
    }

    private static ClaimView claim(
            Claim claim, String user, @Nullable Role role, @Nullable List<Members.Member> members) {
        String shown = claim.owner().equals(user) ? OWNER : role == null ? null : role.toString();
        return new ClaimView(
                claim.pattern().value(),
                claim.owner(),
                claim.isPublic(),
                claim.createdAt(),
                shown,
                members == null
                        ? null
                        : members.stream()
                                .map(member -> new MemberView(
                                        member.user(), member.role().toString()))
                                .toList());
    }
}
