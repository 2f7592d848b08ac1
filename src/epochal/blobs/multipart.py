"""Uploads in parts that clients send to S3 themselves, by signed URLs.

The library signs URLs for whole objects only, so the few requests that begin and end such an
upload are made here, and each part's URL is signed here (Signature Version 4, in the query).
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from epochal.entities import SignedPart, SignedUpload
from epochal.errors import (
    InvalidParameterError,
    NotSupportedError,
    PermissionDeniedError,
    UnavailableError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.blobs.credentials import Address, S3Login
    from epochal.rules.paths import ArtifactPath

MAX_PARTS = 10_000
TIMEOUT_S = 30.0
_REQUEST_EXPIRES_S = 300
_ALGORITHM = "AWS4-HMAC-SHA256"
_SCHEME = "{http://s3.amazonaws.com/doc/2006-03-01/}"


@dataclass(frozen=True, slots=True)
class Multipart:
    """Uploads in parts into the bucket of one address. Holds keys, so it needs them."""

    address: Address
    login: S3Login

    def begin(self, path: ArtifactPath, key: str, parts: int, expires_s: int) -> SignedUpload:
        """Begin the upload of a file, kept under a key, and sign a URL for each part."""
        if not 1 <= parts <= MAX_PARTS:
            raise InvalidParameterError(
                f"An upload has 1 to {MAX_PARTS} parts, not {parts}; choose larger parts"
            )
        upload_id = _text(self._ask("POST", key, {"uploads": ""}), "UploadId")
        if not upload_id:
            raise UnavailableError("The artifact store began an upload without naming it")
        signed = [
            SignedPart(number, self.sign("PUT", key, _part(number, upload_id), expires_s))
            for number in range(1, parts + 1)
        ]
        return SignedUpload(self._close_id(path, key, upload_id), signed)

    def open_id(self, path: ArtifactPath, sealed: str) -> tuple[str, str]:
        """The key and the store's own id of an upload that was begun for this path.

        Raises:
            InvalidParameterError: it was not, or not by a server of this store.

        """
        key, _, rest = sealed.partition("|")
        upload_id, _, _ = rest.rpartition("|")
        if not hmac.compare_digest(self._close_id(path, key, upload_id).encode(), sealed.encode()):
            raise InvalidParameterError(
                f"There is no upload {sealed!r} of {str(path)!r}; begin it again"
            )
        return key, upload_id

    def _close_id(self, path: ArtifactPath, key: str, upload_id: str) -> str:
        """An id that nobody can make up, or use for another path."""
        secret = f"epochal upload {self.login.secret_key}".encode()
        text = "\0".join((self.address.uri, str(path), key, upload_id))
        return f"{key}|{upload_id}|{hmac.digest(secret, text.encode(), 'sha256').hex()[:32]}"

    def complete(self, key: str, upload_id: str, etags: Sequence[tuple[int, str]]) -> None:
        """Join the parts. Raises InvalidParameterError when the store refuses them."""
        root = ET.Element("CompleteMultipartUpload")
        for number, etag in sorted(etags):
            part = ET.SubElement(root, "Part")
            ET.SubElement(part, "PartNumber").text = str(number)
            ET.SubElement(part, "ETag").text = etag
        answer = self._ask("POST", key, {"uploadId": upload_id}, ET.tostring(root))
        if b"<Error>" in answer:  # S3 says 200 first and may find out later
            raise UnavailableError("The artifact store could not join the parts; send them again")

    def abort(self, key: str, upload_id: str) -> None:
        """Forget the parts."""
        self._ask("DELETE", key, {"uploadId": upload_id}, may_be_absent=True)

    def sign(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        expires_s: int,
        now_s: float | None = None,
    ) -> str:
        """A URL for one request, good for `expires_s` seconds."""
        scheme, host, path = self._place(key)
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now_s))
        scope = f"{moment[:8]}/{self.login.region}/s3/aws4_request"
        fields = {
            **query,
            "X-Amz-Algorithm": _ALGORITHM,
            "X-Amz-Credential": f"{self.login.access_key}/{scope}",
            "X-Amz-Date": moment,
            "X-Amz-Expires": str(expires_s),
            "X-Amz-SignedHeaders": "host",
        }
        if self.login.session_token:
            fields["X-Amz-Security-Token"] = self.login.session_token
        coded = "&".join(f"{_quote(k)}={_quote(v)}" for k, v in sorted(fields.items()))
        request = f"{method}\n{path}\n{coded}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
        digest = hashlib.sha256(request.encode()).hexdigest()
        signed = self._seal(scope, f"{_ALGORITHM}\n{moment}\n{scope}\n{digest}")
        return f"{scheme}://{host}{path}?{coded}&X-Amz-Signature={signed}"

    def _seal(self, scope: str, text: str) -> str:
        key = f"AWS4{self.login.secret_key}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.digest(key, text.encode(), "sha256").hex()

    def _place(self, key: str) -> tuple[str, str, str]:
        """Scheme, host and path of an object, as the signature wants them spelled."""
        bucket, region = self.address.container, self.login.region
        endpoint = self.login.endpoint or f"https://s3.{region}.amazonaws.com"
        parts = urlsplit(endpoint)
        full = "/".join(part for part in (self.address.prefix, key) if part)
        path = f"{parts.path}/{_quote(full, safe='/')}"
        if self.login.is_virtual_hosted:
            return parts.scheme, f"{bucket}.{parts.netloc}", path
        return parts.scheme, parts.netloc, f"{parts.path}/{bucket}/{_quote(full, safe='/')}"

    def _ask(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        body: bytes = b"",
        *,
        may_be_absent: bool = False,
    ) -> bytes:
        url = self.sign(method, key, query, _REQUEST_EXPIRES_S)
        parts = urlsplit(url)
        line = self._connect(parts.scheme, parts.netloc)
        try:
            line.request(method, f"{parts.path}?{parts.query}", body)
            answer = line.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            raise UnavailableError("The artifact store cannot be reached") from None
        finally:
            line.close()
        if answer.status < http.HTTPStatus.MULTIPLE_CHOICES:
            return told
        if answer.status == http.HTTPStatus.NOT_FOUND and may_be_absent:
            return b""
        raise _refusal(answer.status, told)

    def _connect(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection(netloc, timeout=TIMEOUT_S)
        context = ssl.create_default_context()
        if self.login.accepts_any_certificate:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection(netloc, timeout=TIMEOUT_S, context=context)


def _part(number: int, upload_id: str) -> dict[str, str]:
    return {"partNumber": str(number), "uploadId": upload_id}


def required(multipart: Multipart | None) -> Multipart:
    """Raises NotSupportedError where there is none."""
    if multipart is None:
        # The beginning of this sentence is what MLflow's client looks for before it falls
        # back to one plain PUT.
        raise NotSupportedError(
            "Multipart upload is not supported for the current artifact repository: that takes "
            "S3, and keys from the environment or a profile; send the file in one PUT"
        )
    return multipart


def _refusal(
    status: int, told: bytes
) -> InvalidParameterError | PermissionDeniedError | UnavailableError:
    code = _text(told, "Code") or str(status)
    if status == http.HTTPStatus.FORBIDDEN:
        return PermissionDeniedError(
            f"The artifact store refuses this server's access ({code}); its credentials or the "
            "bucket's rules have to allow it"
        )
    if status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return InvalidParameterError(
            f"The artifact store refuses the upload ({code}); begin it again"
        )
    return UnavailableError(f"The artifact store answered with a fault of its own ({code})")


def _text(document: bytes, name: str) -> str | None:
    try:
        root = ET.fromstring(document)  # noqa: S314 - from the configured store, not from a client
    except ET.ParseError:
        return None
    return root.findtext(f"{_SCHEME}{name}") or root.findtext(name)


def _quote(text: str, safe: str = "") -> str:
    return quote(text, safe=f"{safe}-_.~")
