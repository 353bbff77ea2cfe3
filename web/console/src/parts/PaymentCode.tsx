import { QRCode } from "antd";

interface Props {
  /** What the code leads to; not known yet while it is asked for. */
  link: string | null | undefined;
  size: number;
  className?: string | undefined;
}

/** The code that a customer scans to pay. */
export function PaymentCode({ link, size, className }: Props) {
  return (
    <div className={className} data-testid="code" data-link={link ?? undefined}>
      {/* Phones read dark on light only, whatever the page looks like. */}
      <QRCode
        value={link ?? " "}
        status={link ? "active" : "loading"}
        type="svg"
        size={size}
        color="#000"
        bgColor="#fff"
        errorLevel="M"
        marginSize={2}
        bordered={false}
      />
    </div>
  );
}
