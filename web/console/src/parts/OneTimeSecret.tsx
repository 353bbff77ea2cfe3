import { Alert, Modal, Typography } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  hint: string;
  secret: string | null | undefined;
  onClose: () => void;
}

/** A password or key that the server will never tell again. */
export function OneTimeSecret({ title, hint, secret, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open={Boolean(secret)}
      title={title}
      onOk={onClose}
      onCancel={onClose}
      okText={t("secret.saved")}
      cancelButtonProps={{ style: { display: "none" } }}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
    >
      <Alert type="warning" showIcon title={hint} style={{ marginBottom: 12 }} />
      <Typography.Text code copyable strong style={{ fontSize: 16, overflowWrap: "anywhere" }}>
        {secret ?? ""}
      </Typography.Text>
    </Modal>
  );
}
