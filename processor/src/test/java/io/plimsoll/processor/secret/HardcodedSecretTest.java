package io.plimsoll.processor.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.processor.Javac;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardcodedSecretTest {

    /** Made up, as everything here: no such key exists. */
    private static final String KEY = "q7Zp2Xv9LmK4tRw8";

    private static List<String> findings(String member) {
        return Javac.compile("""
                package com.acme;
                import java.util.*;
                class Client {
                %s
                    String field;
                    void use(String name, Object value) {}
                    void connect(String url, String password) {}
                    void setPassword(String given) {}
                    void setPasswordField(String given) {}
                    Client password(String given) { return this; }
                    Client clientSecret(String given) { return this; }
                    void setBasicAuth(String user, String other) {}
                    void header(String name, String value) {}
                    void put(String a, String b, String c, String d) {}
                    static class Login { Login(String user, String token) {} }
                    @interface Account { String password() default ""; String[] tokens() default {}; String secret() default ""; }
                    @interface Value { String value(); }
                }
                """.formatted(member)).findings();
    }

    @Test
    void aCredentialIsShownAtTheLiteralAndNeverPrinted() {
        Javac.Result result = Javac.compile("""
                package com.acme;
                class Client {
                    private static final String API_KEY = "%s";
                }
                """.formatted(KEY));

        assertThat(result.findings()).containsExactly("warning HardcodedSecret 3:43");
        assertThat(result.messages())
                .containsExactly("[HardcodedSecret] The value of API_KEY is written into the source. Whoever has the"
                        + " repository, its history or the jar can use it, and it cannot be changed without a release. Fix:"
                        + " read it from the environment or a secret store, such as @Value(\"${payment.api-key}\"), and"
                        + " replace the credential: it is known now. See:"
                        + " https://github.com/plimsoll/plimsoll/blob/main/docs/rules/HardcodedSecret.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String password = «\"s3cr3t\";",
                "static final String DB_PASSWORD = «\"Sommer2019\";",
                "String pwd = «\"123456\";",
                "String passwd = «\"888888\";",
                "String passphrase1 = «\"Pa$$w0rd\";",
                "String defaultPassword = «\"abc!def\";",
                "String passwordValue = «\"s3cr3t\";",
                "char[] password = «\"s3cr3t\".toCharArray();",
                "byte[] key = null, secret = (((«\"KEY\"))).getBytes();",
                "String clientSecret = «\"KEY\";",
                "String clientSecret = «\"q7\" + \"KEY\";",
                "String accessToken = «\"KEY\";",
                "String jwtSecret = «\"KEY\";",
                "String apikey = «\"KEY\";",
                "String secretKey = «\"KEY\";",
                "String SIGNING_KEY = «\"KEY\";",
                "String awsSecretAccessKey = «\"KEY\";",
                "String token = «\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\";",
                "void x() { String password = «\"s3cr3t\"; }",
                "void x(String password) { password = «\"s3cr3t\"; }",
                "String password; void x() { this.password = «\"s3cr3t\"; }",
                "@Account(password = «\"s3cr3t\") void x() {}",
                "@Account(secret = «\"KEY\") void x() {}",
                "@Value(«\"${jwt.secret:KEY}\") String s;",
                "@Value(«\"${db.password:s3cr3t}\") String s;",
                "void x() { setPassword(«\"s3cr3t\"); }",
                "void x() { this.setPassword(«\"s3cr3t\"); }",
                "void x() { password(«\"{noop}s3cr3t\").clientSecret(\"a\"); }",
                "void x() { clientSecret(«\"KEY\"); }",
                "void x() { connect(\"a\", «\"s3cr3t\"); }",
                "void x() { new Login(\"a\", «\"KEY\"); }",
                "void x() { setBasicAuth(\"a\", «\"s3cr3t\"); }",
                "void x(Map<String, Object> m) { m.put(\"db.password\", «\"s3cr3t\"); }",
                "void x(Properties p) { p.setProperty(\"password\", «\"s3cr3t\"); }",
                "void x() { header(\"X-Api-Key\", «\"KEY\"); }",
                "static final String H = \"X-Api-Key\"; void x() { header(H, «\"KEY\"); }",
                "void x() { put(\"a\", \"b\", \"password\", «\"s3cr3t\"); }",
                "Object m = Map.of(\"user\", \"a\", \"password\", «\"s3cr3t\");",
                "void x() throws Exception { java.sql.DriverManager.getConnection(\"jdbc:a\", \"b\", «\"s3cr3t\"); }",
                "Object a = new java.net.PasswordAuthentication(\"a\", «\"s3cr3t\".toCharArray());",
            })
    void whatIsNamedForACredentialAndLooksLikeOne(String member) {
        String source = member.replace("KEY\"", KEY + "\"").replace("KEY}", KEY + "}");

        assertThat(findings(source.replace("«", "")))
                .containsExactly("warning HardcodedSecret 4:" + (source.indexOf('«') + 1));
    }

    /** Put together here, so that nobody who looks for such tokens finds one in this file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AKI | AQYLPMN5HFIQR7BBB | an AWS access key",
                "ASI | AQYLPMN5HFIQR7BBB | an AWS access key",
                "ghp|_0123456789abcdefghijABCDEFGHIJ456789 | a GitHub token",
                "gith|ub_pat_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ12 | a GitHub token",
                "glp|at-0123456789abcdefghij | a GitLab token",
                "xox|b-0123456789-abcdefghij | a Slack token",
                "sk_|live_0123456789abcdefghij | a Stripe key",
                "AIz|aSyA0123456789abcdefghijABCDEFGHIJ45 | a Google API key",
                "SG.|0123456789abcdefghij.0123456789abcdefghij0123456789abcdefghij | a SendGrid key",
                "npm|_0123456789abcdefghijABCDEFGHIJ456789 | an npm token",
                "eyJ|hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.0123456789abcdefghij | a signed JSON web token",
                "Bearer |eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.0123456789abcdefghij | a signed JSON web token",
                "-----BEGIN |RSA PRIVATE KEY-----\\n0123456789abcdefghij0123456789abcdefghij | a private key",
            })
    void tokensOfAKnownShapeNeedNoName(String begin, String rest, String sort) {
        String space = begin.equals("Bearer") || begin.endsWith("BEGIN") ? " " : "";
        Javac.Result result = Javac.compile(
                "package com.acme;\nclass A { Object o = java.util.List.of(\n\"" + begin + space + rest + "\"); }");

        assertThat(result.findings()).containsExactly("warning HardcodedSecret 3:1");
        assertThat(result.messages().get(0)).startsWith("[HardcodedSecret] This literal is " + sort + ". ");
        assertThat(result.messages().get(0)).doesNotContain(rest.substring(0, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "String password = \"\", pwd = \"a1\", passwd = null;",
                "static final String PASSWORD = \"password\";",
                "static final String PASSWORD = \"user_password2\";",
                "static final String PASSWORD = \"spring.datasource.password\";",
                "static final String RESET_PASSWORD = \"/users/reset2\";",
                "static final String WRONG_PASSWORD = \"A10023\";",
                "static final String WRONG_PASSWORD = \"error.1002\";",
                "static final String PASSWORD = \"20190831\";",
                "static final String GRANT_TYPE_PASSWORD = \"oauth2-flow\";",
                "String password = \"changeit\", pwd = \"changeme1\", passwd = \"your-pass-1\";",
                "String password = \"${db.password}\", pwd = \"#{vault.get1}\", passwd = \"%s1234\", passcode = \"********\";",
                "String password = \"Password must not be empty, 8 characters\";",
                "String password = \"1234567890abc def\";",
                "String password = \"^[a-z0-9]{8,20}$\";",
                "String password = \"Passwort1 für alle\";",
                "String password = \"http://localhost:8080/a1\";",
                "String passwordField = \"s3cr3t\", tokenUrl = \"KEY\", passwordEncoder = \"KEY\", tokenType = \"KEY\";",
                "String name = \"KEY\", key = \"KEY\", publicKey = \"KEY\", primaryKey = \"KEY\", value = \"KEY\";",
                "String secret = \"s3cr3t\";",
                "String token = \"aaaaaaaaaaaa1111\";",
                "String token = \"X-Auth-Header-2\";",
                "String token = \"abcdefghijklmnop\";",
                "String token = \"my-token-0123456789\";",
                "@Value(\"${jwt.secret}\") String s;",
                "@Value(\"${jwt.secret:}\") String s;",
                "@Value(\"${jwt.secret:example-0123456789}\") String s;",
                "@Value(\"${jwt.name:KEY}\") String s;",
                "@Value(\"${jwt.secret:${other.secret}}\") String s;",
                "String password = System.getenv(\"KEY\");",
                "String password = field + \"KEY\";",
                "void x() { setPasswordField(\"KEY\"); }",
                "void x() { use(\"password\", \"s3cr3t\"); }",
                "void x() { use(\"KEY\", null); }",
                "void x() { header(\"X-Request-Id\", \"KEY\"); }",
                "void x() { header(\"KEY\", \"password\"); }",
                "void x() { put(\"password\", \"b\", \"c\", \"s3cr3t\"); }",
                "void x() { put(\"a\", \"password\", \"s3cr3t\", \"b\"); }",
                "void x() { connect(\"KEY\", \"a\"); }",
                "void x() { setBasicAuth(\"s3cr3t\", field); }",
                "void x() { new Login(\"KEY\", \"a\"); }",
                "void x() { unknown(\"KEY\"); }",
                "boolean x(String password) { return password.equals(field); }",
                "String pem = \"-----BEGIN PRIVATE KEY-----\";",
                "String aws = \"AKIAIOSFODNN7EXAMPLE\";",
                "String aws = \"AKIAIOSFODNN7\", other = \"AKIA of the north-west regions\";",
            })
    void wordsAndPlaceholdersAndOtherThingsPass(String member) {
        assertThat(findings(member.replace("KEY\"", KEY + "\"").replace("KEY}", KEY + "}")))
                .noneMatch(finding -> finding.contains("HardcodedSecret"));
    }

    @Test
    void testsMayMakeUpWhatTheyLike() {
        assertThat(Javac.compile("""
                package com.acme;
                class ClientTest {
                    String password = "s3cr3t";
                    @org.junit.jupiter.api.Test void logsIn() {}
                    static class Nested { String password = "s3cr3t"; }
                }
                """).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TestController, 0", "Demo, 0", "LoginExamples, 0", "OrderSample, 0", "Testament, 1", "Contest, 1"})
    void whatAClassThatShowsOrTriesSomethingMakesUpOpensNothing(String type, int findings) {
        assertThat(Javac.compile("class " + type + " { String password = \"s3cr3t\"; }")
                        .findings())
                .hasSize(findings);
    }

    @Test
    void itIsSuppressedOnTheVariableTheMethodOrTheClass() {
        assertThat(Javac.compile("""
                package com.acme;
                class Client {
                    @SuppressWarnings("plimsoll:HardcodedSecret") String password = "s3cr3t";
                    @SuppressWarnings("plimsoll:HardcodedSecret") void x() { String pwd = "s3cr3t"; }
                    @SuppressWarnings("plimsoll:HardcodedSecret") static class Nested { String pwd = "s3cr3t"; }
                    String shown = "", password2 = "s3cr3t";
                }
                """).findings()).containsExactly("warning HardcodedSecret 6:36");
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.profile=strict, warning HardcodedSecret 1:26",
        "plimsoll.profile=adopt, warning HardcodedSecret 1:26",
        "plimsoll.rule.HardcodedSecret=error, error HardcodedSecret 1:26",
        "plimsoll.rule.HardcodedSecret=off, ",
    })
    void severityFollowsTheBuild(String option, String finding) {
        assertThat(Javac.compile(List.of("-A" + option), "class A { String pwd  =  \"s3cr3t\"; }")
                        .findings())
                .isEqualTo(finding == null ? List.of() : List.of(finding));
    }
}
