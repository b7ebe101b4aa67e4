// Rupiah as people write it: whole, in groups of three.

export const group = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ".");

// The amount written in a field, or null when it is anything but whole rupiah: the server then says what is wrong.
export const amountOf = (text) => {
  const match = /^(?:rp\.?\s*)?(\d+|\d{1,3}(?:\.\d{3})+)$/i.exec(text.trim());
  return match ? Number(match[1].replaceAll(".", "")) : null;
};
