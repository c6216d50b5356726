package dev.rac.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowsersTest {
    @ParameterizedTest
    @CsvSource({
        "same-origin, , , localhost:8080, false",
        "none, , , localhost:8080, false",
        "same-site, , , localhost:8080, true",
        "cross-site, , , localhost:8080, true",
        ", , , localhost:8080, false",
        ", http://rac.example.com, , rac.example.com, false",
        ", http://RAC.example.com:8080, , rac.example.com:8080, false",
        ", http://rac.example.com, rac.example.com, 127.0.0.1:9001, false",
        ", http://evil.rac.example.com, rac.example.com, 127.0.0.1:9001, true",
        ", http://evil.rac.example.com, , rac.example.com, true",
        ", http://rac.example.com:81, , rac.example.com, true",
        ", null, , rac.example.com, true",
        ", http://%, , rac.example.com, true",
        ", http://rac.example.com, , , true"
    })
    void aPageOfAnotherSiteIsKnownByWhatTheBrowserSays(
            String site, String origin, String forwardedHost, String host, boolean other) {
        var headers = new HashMap<String, String>();
        headers.put("Sec-Fetch-Site", site);
        headers.put("Origin", origin);
        headers.put("X-Forwarded-Host", forwardedHost);
        headers.put("Host", host);

        assertThat(Browsers.fromAnotherSite(headers::get)).isEqualTo(other);
    }
}
