const prefix = 'amazon-parcel:';

/** Comment of a shipment that the channel makes in Commerce, by which it knows it again. */
export function markerOf(parcelId: string): string {
  return `${prefix}${parcelId}`;
}

export function markedParcelId(comments: readonly string[]): string | undefined {
  return comments.find((comment) => comment.startsWith(prefix))?.slice(prefix.length);
}
