import { SignedXml } from 'xml-crypto';

export type CapSignature = 'unsigned' | 'not-checked' | 'verified' | 'wrong';

const signaturePattern = /<(?:[\w-]+:)?Signature[\s>][\s\S]*<\/(?:[\w-]+:)?Signature>/;

/** Only these: a signature made with a shared secret, or by a broken hash, proves nothing. */
const hashes = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];

/**
 * Whether the enveloped signature of a CAP message (CAP-v1.2 section 3.3.4.1) is that of one of the certificates (PEM).
 * The key inside the message is never believed. Every reference must cover the whole message.
 */
export function checkSignature(xml: string, certificates: readonly string[]): CapSignature {
  const [signature] = signaturePattern.exec(xml) ?? [];
  if (signature === undefined) return 'unsigned';
  if (certificates.length === 0) return 'not-checked';
  return certificates.some((publicCert) => isSignedBy(xml, signature, publicCert)) ? 'verified' : 'wrong';
}

function isSignedBy(xml: string, signature: string, publicCert: string): boolean {
  try {
    const signed = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
    signed.loadSignature(signature);
    if (!signed.checkSignature(xml)) return false;
    const references = signed.getReferences();
    const [only] = signed.getSignedReferences();
    return (
      references.length === 1 &&
      references[0]?.uri === '' &&
      hashes.includes(references[0].digestAlgorithm) &&
      only !== undefined &&
      /^\s*<(?:[\w-]+:)?alert[\s>]/.test(only)
    );
  } catch {
    return false;
  }
}
