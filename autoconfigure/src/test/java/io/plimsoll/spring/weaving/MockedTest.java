package io.plimsoll.spring.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Tests of applications replace beans that make promises: what they put there is theirs, and no reason to refuse. */
@ExtendWith(SpringExtension.class)
class MockedTest {

    @MockitoBean
    private Mocked mocked;

    @MockitoSpyBean
    private Spied spied;

    @TestBean
    private Faked faked;

    @Autowired
    private Spied injected;

    static Faked faked() {
        return new Faked() {
            @Override
            public String call() {
                return "fake";
            }
        };
    }

    @Test
    void theContextStarts() {
        Mockito.when(mocked.call()).thenReturn("mock");

        assertThat(mocked.call()).isEqualTo("mock");
        assertThat(faked.call()).isEqualTo("fake");
        assertThat(injected.call()).isEqualTo("real");
        Mockito.verify(spied).call();
    }

    static class Mocked {

        @Probe
        public String call() {
            return "real";
        }
    }

    static class Spied extends Mocked {}

    static class Faked {

        @Probe
        public String call() {
            return "real";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(WeavingAutoConfiguration.class)
    @Import(ProbeStages.class)
    static class Application {

        @Bean
        Mocked mocked() {
            return new Mocked();
        }

        @Bean
        Spied spied() {
            return new Spied();
        }

        @Bean
        Faked faked() {
            return new Faked();
        }
    }
}
