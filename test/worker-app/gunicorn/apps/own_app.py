"""An application that knows no Prometheus."""


def application(_environ, start_response):
    body = b"no metrics here"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
