package io.plimsoll.spring.timeout;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Takes the header off requests that were forwarded, before Tomcat's own valve puts what a forwarding header says in the
 * place of the address, and takes that header away.
 */
final class ForwardedRequestValve extends ValveBase {

    /** The one that {@code server.tomcat.remoteip} names; empty for none. */
    private final String customHeader;

    private ForwardedRequestValve(String customHeader) {
        super(true); // Does not keep asynchronous requests from being made.
        this.customHeader = customHeader;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (IncomingBudget.isForwarded(request::getHeader)
                || (!customHeader.isEmpty() && request.getHeader(customHeader) != null)) {
            request.getCoyoteRequest().getMimeHeaders().removeHeader(BudgetHeader.NAME);
        }
        getNext().invoke(request, response);
    }

    /** Adds the valve before Spring Boot adds Tomcat's. */
    static final class Customizer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

        private final String customHeader;

        Customizer(String customHeader) {
            this.customHeader = customHeader;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void customize(ConfigurableTomcatWebServerFactory factory) {
            factory.addEngineValves(new ForwardedRequestValve(customHeader));
        }
    }
}
