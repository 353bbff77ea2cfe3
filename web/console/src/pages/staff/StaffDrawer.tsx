import { App, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAddStaff, useChangeStaff, useRoles } from "../../api/staff";
import type { Staff, StaffDraft } from "../../api/types";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { StoresSelect } from "../../parts/StoresSelect";
import { useFormat } from "../../parts/useFormat";
import type { Told } from "./StaffPage";

interface Fields {
  login: string;
  name: string;
  role: StaffDraft["role"];
  store_ids?: string[];
}

interface Props {
  staff: Staff | null;
  onClose: () => void;
  onTold: (told: Told) => void;
}

export function StaffDrawer({ staff, onClose, onTold }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const roles = useRoles();
  const add = useAddStaff();
  const change = useChangeStaff();
  const role = Form.useWatch("role", form) ?? staff?.role;
  const scope = roles.data?.items.find((row) => row.role === role)?.store_scope ?? "all";
  const required = [{ required: true, message: t("form.required") }];
  const failed = (error: unknown) => showFieldProblems(form, error);

  function submit({ login, name, role, store_ids }: Fields) {
    const shared = { name, role, store_ids: scope === "all" ? null : (store_ids ?? []) };
    if (staff) {
      change.mutate({ id: staff.id, body: shared }, { onSuccess: saved, onError: failed });
      return;
    }
    add.mutate(
      { ...shared, login },
      {
        onSuccess: (created) => {
          saved();
          if (created.password) onTold({ name: created.name, password: created.password });
        },
        onError: failed,
      },
    );
  }

  function saved() {
    message.success(t("staff.saved"));
    onClose();
  }

  return (
    <FormDrawer
      title={t(staff ? "staff.edit" : "staff.add")}
      form={form}
      submit={t(staff ? "action.save" : "action.add")}
      busy={add.isPending || change.isPending}
      error={add.error ?? change.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={staff ? { ...staff, store_ids: staff.stores?.map(({ id }) => id) ?? [] } : {}}
      >
        <Form.Item name="name" label={t("staff.name")} rules={required}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="login"
          label={t("staff.login")}
          rules={required}
          extra={staff ? undefined : t("staff.loginHint")}
        >
          <Input disabled={staff !== null} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="role" label={t("staff.role")} rules={required}>
          <Select
            loading={roles.isPending}
            options={
              roles.data?.items
                .filter((row) => row.role !== "platform_admin")
                .map((row) => ({ value: row.role, label: format.text(row.name) })) ?? []
            }
          />
        </Form.Item>
        {scope !== "all" && (
          <Form.Item
            name="store_ids"
            label={t("staff.stores")}
            rules={[{ required: true, type: "array", min: 1, message: t("staff.storesNeeded") }]}
            extra={scope === "one" ? t("staff.oneStore") : undefined}
          >
            <StoresSelect single={scope === "one"} known={staff?.stores ?? []} />
          </Form.Item>
        )}
      </Form>
    </FormDrawer>
  );
}
