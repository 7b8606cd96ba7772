package io.plimsoll.processor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.tools.JavaFileManager;
import javax.tools.SimpleJavaFileObject;

/** A file that was written by a compiler; its name begins with where. */
final class InMemoryFile extends SimpleJavaFileObject {

    private byte[] content = {};

    InMemoryFile(JavaFileManager.Location location, String path, Kind kind) {
        super(URI.create("mem:///" + location.getName() + "/" + path.replace(" ", "%20")), kind);
    }

    @Override
    public OutputStream openOutputStream() {
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                content = toByteArray();
            }
        };
    }

    @Override
    public InputStream openInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
