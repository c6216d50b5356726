package dev.rac.registryauth.token;

import dev.rac.service.http.Problem;

/** A {@link Problem} that is an OAuth2 error (RFC 6749, section 5.2) as well. */
record TokenProblem(String type, String title, int status, String detail, String error, String errorDescription) {

    static TokenProblem of(TokenException e) {
        String detail = String.valueOf(e.getMessage());
        Problem problem = switch (e.status()) {
            case 401 -> Problem.unauthorized(detail);
            case 415 -> Problem.of(415, "unsupported-media-type", "The body's type is not taken", detail);
            default -> Problem.badRequest(detail);
        };
        return new TokenProblem(problem.type(), problem.title(), problem.status(), detail, e.error(), detail);
    }
}
