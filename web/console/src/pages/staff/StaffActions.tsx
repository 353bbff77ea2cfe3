import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useChangeStaff, useResetPassword } from "../../api/staff";
import type { Staff } from "../../api/types";
import { useProblemWords } from "../../parts/states";
import type { Told } from "./StaffPage";

/** What is dangerous says first what it will do. */
export function StaffActions({ staff, onTold }: { staff: Staff; onTold: (told: Told) => void }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const change = useChangeStaff();
  const reset = useResetPassword();
  const { id, name, disabled } = staff;
  const failed = (error: unknown) => void message.error(words(error).detail);

  const askReset = () =>
    modal.confirm({
      title: t("staff.resetConfirm", { name }),
      content: t("staff.resetHint"),
      okText: t("staff.reset"),
      onOk: async () => {
        await reset.mutateAsync(id).then(({ password }) => onTold({ name, password }), failed);
      },
    });

  const askDisable = () =>
    modal.confirm({
      title: t("staff.disableConfirm", { name }),
      content: t("staff.disableHint"),
      okText: t("staff.disable"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await change.mutateAsync({ id, body: { disabled: true } }).catch(failed);
      },
    });

  return (
    <span className="cluster" style={{ justifyContent: "flex-end" }}>
      <Button size="small" type="text" onClick={askReset}>
        {t("staff.reset")}
      </Button>
      {disabled ? (
        <Button
          size="small"
          type="text"
          loading={change.isPending}
          onClick={() => change.mutate({ id, body: { disabled: false } }, { onError: failed })}
        >
          {t("staff.enable")}
        </Button>
      ) : (
        <Button size="small" type="text" danger onClick={askDisable}>
          {t("staff.disable")}
        </Button>
      )}
    </span>
  );
}
