import { SignedXml } from 'xml-crypto';

export type CapSignature = 'unsigned' | 'not-checked' | 'verified' | 'wrong';

const signaturePattern = /<(?:[\w-]+:)?Signature[\s>][\s\S]*<\/(?:[\w-]+:)?Signature>/;

/** Only these: a signature made with a shared secret, or by a broken hash, proves nothing. */
const hashes = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];

/** Keys of people only: whoever can check a shared secret can make it, and SHA-1 is broken. */
const algorithms = [
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
];

/** What is known of a signature; `signed` is what it covers, canonical: believe this and not what came. */
export interface CheckedSignature {
  readonly signature: CapSignature;
  readonly signed?: string;
}

/**
 * Whether the enveloped signature of a CAP message (CAP-v1.2 section 3.3.4.1; W3C XML Signature) is that of one of the
 * certificates or public keys (PEM). The key inside the message is never believed. The one reference must cover the
 * whole message.
 */
export function checkSignature(xml: string, certificates: readonly string[]): CheckedSignature {
  const [signature] = signaturePattern.exec(xml) ?? [];
  if (signature === undefined) return { signature: 'unsigned' };
  if (certificates.length === 0) return { signature: 'not-checked' };
  // Two of them are a riddle that nobody has to solve.
  if ((xml.match(/<(?:[\w-]+:)?Signature[\s>]/g) ?? []).length !== 1) return { signature: 'wrong' };
  for (const publicCert of certificates) {
    const signed = signedPart(xml, signature, publicCert);
    if (signed !== undefined) return { signature: 'verified', signed };
  }
  return { signature: 'wrong' };
}

function signedPart(xml: string, signature: string, publicCert: string): string | undefined {
  try {
    const signed = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
    signed.loadSignature(signature);
    if (!algorithms.includes(signed.signatureAlgorithm ?? '') || !signed.checkSignature(xml))
      return undefined;
    const references = signed.getReferences();
    const [only] = signed.getSignedReferences();
    const isWhole =
      references.length === 1 &&
      references[0]?.uri === '' &&
      hashes.includes(references[0].digestAlgorithm) &&
      only !== undefined &&
      /^\s*<(?:[\w-]+:)?alert[\s>]/.test(only);
    return isWhole ? only : undefined;
  } catch {
    return undefined;
  }
}
