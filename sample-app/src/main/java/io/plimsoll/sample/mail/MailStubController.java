package io.plimsoll.sample.mail;

import io.plimsoll.timeout.Timeout;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what was sent. */
@RestController
@RequestMapping("/stub/mails")
@Timeout("1s")
class MailStubController {

    private final MailStub mails;

    MailStubController(MailStub mails) {
        this.mails = mails;
    }

    @GetMapping
    public List<Mail> last() {
        return mails.last();
    }
}
