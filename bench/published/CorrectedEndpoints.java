package com.example.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;

import java.net.URI;
import java.util.Set;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.NOT_FOUND;

/** The endpoints of rest-faults as their document promises them: what the yardstick must find nothing in. Takes the place of its Endpoints. */
@RestController
public class CorrectedEndpoints {

    private int z = 0;
    private FooDto k = new FooDto();
    private FooDto y = new FooDto();

    public CorrectedEndpoints() {
        k.b = true;
        k.i = 1;
        k.s = "FOO";
        y.b = false;
        y.i = 42;
        y.s = "FOO";
    }

    @GetMapping(value = "/x", produces = MediaType.APPLICATION_JSON_VALUE)
    public String getX() {
        return "\"x\"";
    }

    @GetMapping(value = "/y", produces = MediaType.APPLICATION_JSON_VALUE)
    public FooDto getY() {
        if (y == null) throw new ResponseStatusException(NOT_FOUND);
        return y;
    }

    @PostMapping(value = "/y", consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<Void> postY(@RequestBody JsonNode body) {
        y = checked(body);
        return ResponseEntity.created(URI.create("/y")).build();
    }

    @DeleteMapping("/y")
    public void deleteY() {
        y = null;
    }

    @PutMapping(value = "/k", consumes = MediaType.APPLICATION_JSON_VALUE)
    public void putK(@RequestBody JsonNode body) {
        k = checked(body);
    }

    @GetMapping(value = "/k", produces = MediaType.APPLICATION_JSON_VALUE)
    public FooDto getK() {
        return k;
    }

    @GetMapping(value = "/z", produces = MediaType.APPLICATION_JSON_VALUE)
    public int getZ() {
        return z;
    }

    @PutMapping(value = "/z", consumes = MediaType.APPLICATION_JSON_VALUE)
    public void putZ(@RequestBody JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) throw new ResponseStatusException(BAD_REQUEST);
        z = value.intValue();
    }

    private static FooDto checked(JsonNode body) {
        JsonNode i = body.get("i"), b = body.get("b"), s = body.get("s");
        boolean good = body.isObject()
            && b != null && b.isBoolean()
            && (i == null || (i.isIntegralNumber() && i.canConvertToInt() && i.intValue() <= 100))
            && (s == null || (s.isTextual() && Set.of("FOO", "BAR").contains(s.textValue())));
        if (!good) throw new ResponseStatusException(BAD_REQUEST);
        FooDto dto = new FooDto();
        dto.b = b.booleanValue();
        dto.i = i == null ? null : i.intValue();
        dto.s = s == null ? null : s.textValue();
        return dto;
    }
}
