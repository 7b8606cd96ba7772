package io.plimsoll.sample.problem;

import org.springframework.http.HttpStatus;

/** A refusal that the caller is told about: the message goes out as the detail of the problem. */
public abstract class ShopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    /**
     * @param code stable, for machines
     * @param detail for people; shown to the caller
     */
    protected ShopException(HttpStatus status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}
